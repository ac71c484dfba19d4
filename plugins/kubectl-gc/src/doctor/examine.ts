import { explain } from '../errors/explain.ts'
import type { Check, CheckResult, Finding, Subject } from './check.ts'
import { admission } from './checks/admission.ts'
import { broker } from './checks/broker.ts'
import { city } from './checks/city.ts'
import { clientVersion } from './checks/client-version.ts'
import { clock } from './checks/clock.ts'
import { credentials } from './checks/credentials.ts'
import { dolt } from './checks/dolt.ts'
import { image } from './checks/image.ts'
import { namespace } from './checks/namespace.ts'
import { permissions } from './checks/permissions.ts'
import { quota } from './checks/quota.ts'
import { server } from './checks/server.ts'

/** What needs the namespace, in the order in which people are told. */
const inNamespace: Check[] = [permissions, admission, quota, image, dolt, credentials]

/** Why a check was not made: the one before it says what is wrong. */
const because = (check: Check, why: string): CheckResult => ({ check: check.name, verdict: 'skipped', message: why })

/**
 * Makes every check. One whose requests fail is itself a finding, so that the rest are made all the same; what hangs on
 * a check that failed is skipped.
 */
export async function examine(subject: Subject): Promise<CheckResult[]> {
  const locally = [clientVersion, broker, city].map((check) => make(check, subject))
  const reached = await make(server, subject)
  if (reached.verdict === 'failed') {
    const rest = [clock, namespace, ...inNamespace].map((check) => because(check, 'the server cannot be asked'))
    return [...(await Promise.all(locally)), reached, ...rest]
  }
  const [time, found] = await Promise.all([make(clock, subject), make(namespace, subject)])
  const inside =
    found.verdict === 'failed'
      ? inNamespace.map((check) => because(check, 'there is no such namespace'))
      : await Promise.all(inNamespace.map((check) => make(check, subject)))
  return [...(await Promise.all(locally)), reached, time, found, ...inside]
}

async function make({ name, look }: Check, subject: Subject): Promise<CheckResult> {
  try {
    return { check: name, ...(await look(subject)) }
  } catch (error) {
    subject.signal.throwIfAborted()
    return { check: name, ...asFinding(error) }
  }
}

function asFinding(error: unknown): Finding {
  const { line, suggestion } = explain(error)
  return { verdict: 'failed', message: line.replace(/^error: /, ''), fix: suggestion }
}
