import { capabilityChecks } from './capability-checks.ts'
import { type Check, check, isRunning } from './check.ts'
import { optionalChecks } from './optional-checks.ts'
import { expectEqual, NotOffered, UNSUPPORTED, Violation } from './probe.ts'

const before: Check[] = [
  {
    name: 'protocol handshake',
    async run(probe) {
      const handshake = readHandshake(await probe.attempt(['protocol']))
      probe.capabilities = new Set(handshake.capabilities)
      return `version ${handshake.version}: ${handshake.capabilities.join(', ') || 'no capabilities'}`
    },
  },
  check('unknown operation: exit 2', async (probe) => {
    const { exitCode } = await probe.call(['gc-conformance-no-such-operation', probe.missing])
    expectEqual(exitCode, UNSUPPORTED, 'its exit code')
  }),
  check('lifecycle: never started', async (probe) => {
    expectEqual(await probe.succeed(['is-running', probe.missing]), 'false', 'is-running')
    await probe.succeed(['stop', probe.missing])
  }),
  check('lifecycle: start', async (probe) => {
    await probe.succeed(['start', probe.session], probe.document)
    probe.started = true
  }),
]

const running: Check[] = [
  isRunning('lifecycle: is-running after start', 'true'),
  check('lifecycle: duplicate start', async (probe) => {
    const { exitCode, stderr } = await probe.call(['start', probe.session], probe.document)
    if (exitCode === 0 || exitCode === UNSUPPORTED)
      throw new Violation(`a second start exits ${exitCode}: gc takes it for one that worked`)
    if (!/already (exists|running)/i.test(stderr)) {
      throw new Violation('stderr does not say "already exists", so gc would tear the running session down')
    }
    expectEqual(await probe.succeed(['is-running', probe.session]), 'true', 'is-running after it')
  }),
]

const after: Check[] = [
  check('lifecycle: stop', (probe) => probe.succeed(['stop', probe.session])),
  isRunning('lifecycle: is-running after stop', 'false'),
  check('lifecycle: stop idempotent', (probe) => probe.succeed(['stop', probe.session])),
  check('optional: list-running after stop', async (probe) => {
    const names = (await probe.attempt(['list-running', probe.session])).split('\n')
    if (names.includes(probe.session)) throw new Violation('it lists the stopped session')
  }),
  check('optional: process-alive after stop', async (probe) => {
    expectEqual(await probe.attempt(['process-alive', probe.session], 'sleep\n'), 'false', 'process-alive')
  }),
  check('optional: interrupt after stop', (probe) => probe.attempt(['interrupt', probe.session])),
]

/** Every check, in the order in which they build on one another. */
export const checks: Check[] = [
  ...before,
  ...[...running, ...capabilityChecks, ...optionalChecks].map((check) => ({ ...check, needsSession: true })),
  ...after,
]

function readHandshake(text: string): { version: number; capabilities: string[] } {
  let handshake: { version?: unknown; capabilities?: unknown } | null
  try {
    handshake = JSON.parse(text)
  } catch {
    throw new Violation(`it prints no JSON: ${JSON.stringify(text.slice(0, 80))}`)
  }
  const { version = 0, capabilities = [] } = handshake ?? {}
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) {
    throw new Violation(`"version" is ${JSON.stringify(version)}`)
  }
  if (version > 0) throw new NotOffered(`it speaks version ${version}; this program knows version 0`)
  if (!Array.isArray(capabilities) || capabilities.some((name) => typeof name !== 'string')) {
    throw new Violation('"capabilities" is not a list of strings')
  }
  return { version, capabilities }
}
