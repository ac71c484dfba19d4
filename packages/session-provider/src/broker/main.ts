import { fileURLToPath } from 'node:url'
import manifest from '../../package.json' with { type: 'json' }
import { duration } from '../kubernetes/variables/kinds.ts'
import { greetingOf } from './ask.ts'
import { Broker, HURRY } from './broker.ts'
import { makeDirectory, socketPath } from './directory.ts'
import { brokerIdentity } from './identity.ts'
import { signature } from './inputs.ts'
import { isLater } from './version.ts'

const { version } = manifest

const IDLE = 600_000
const STREAMS = 50

/** Runs a broker until nobody needs it. Resolves with the exit code. */
export async function main(directory = '', key = ''): Promise<number> {
  process.umask(0o077)
  const { env } = process
  const identity = await brokerIdentity(env)
  if (!makeDirectory(directory) || identity.key !== key) return 1
  const other = await greetingOf(socketPath(directory, key))
  if (other !== undefined && !isLater(version, other.version)) return 0
  const program = ownFile()
  const installed = signature(program)
  const broker = await Broker.open({
    ...{ directory, key, env, server: identity.server, version, streams: STREAMS },
    idle: idleTime(env.GC_K8S_BROKER_IDLE),
    isCurrent: () => signature(program) === installed,
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => broker.finish(HURRY))
  await broker.over
  return 0
}

function idleTime(text: string | undefined): number {
  const time = text === undefined ? undefined : duration.parse(text)
  return duration.complaint(time) === undefined ? (time as number) : IDLE
}

/** The file that this code was read from: this one, or the one that all has been compiled into. */
function ownFile(): string {
  const { url } = import.meta
  return url.includes('/$bunfs/') ? process.execPath : fileURLToPath(url)
}
