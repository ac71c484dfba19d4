import { writeSync } from 'node:fs'
import manifest from '../../package.json' with { type: 'json' }
import { ask } from '../broker/ask.ts'
import { brokerDirectory, isPrivate, socketPath } from '../broker/directory.ts'
import { identityVariables } from '../broker/inputs.ts'
import { recall } from '../broker/memo.ts'
import { BROKER_STOP, type Hello, variablesOf } from '../broker/request.ts'
import { travelOf } from '../broker/travelling.ts'
import { isLater, PROTOCOL } from '../broker/version.ts'
import { isSwitchedOff } from '../broker/words.ts'

const { version } = manifest

/** A call of this process. */
export interface CommandLine {
  operation: string | undefined
  name: string | undefined
  args: string[]
  signal: AbortSignal
}

/** What is left to do in this process. */
export interface Rest {
  /** All of standard input, where that has been read. */
  input: Buffer | undefined
  /** The next call could go by a broker if this one started it. */
  wantsBroker: boolean
}

/** What may be called with an empty name: a prefix, and a question that has an answer without a session. */
export const NAMELESS = ['list-running', 'process-alive']

/** Has a broker carry out the call, to its exit code; where that cannot be, nothing has been carried out. */
export async function viaBroker({ operation = '', name, args, signal }: CommandLine): Promise<number | Rest> {
  const { env } = process
  const travel = travelOf(operation)
  if (travel === undefined || name === undefined || (name === '' && !NAMELESS.includes(operation))) return rest(false)
  if (isSwitchedOff(env) || (env.GC_CITY && !env.GC_CITY.startsWith('/'))) return rest(false)
  const path = await socketFor(env)
  if (typeof path === 'boolean') return rest(path)
  const input = travel.input ? readInput(signal) : undefined
  input?.catch(() => {})
  const request = { protocol: PROTOCOL, version, operation, name, args, env: variablesOf(env) }
  let isOlder = false
  const accept = (hello: Hello) => {
    isOlder = isLater(version, hello.version)
    return hello.protocol === PROTOCOL && !isOlder
  }
  const onStderr = (chunk: Buffer) => process.stderr.write(chunk)
  try {
    if (travel.only !== undefined && input !== undefined && !travel.only(await input)) return rest(false, await input)
    const answer = await ask(path, request, { input, signal, onStderr, accept })
    if (isOlder) await ask(path, { ...request, operation: BROKER_STOP })
    if (typeof answer === 'object') return print(answer.stdout, answer.exitCode)
    if (answer === 'lost' && !travel.again) return outcomeUnknown(operation, name, signal)
    const wantsBroker = isOlder || answer !== 'refused'
    return rest(wantsBroker, await input)
  } catch (error) {
    return complain((error as Error).message)
  }
}

function rest(wantsBroker: boolean, input?: Buffer): Rest {
  return { wantsBroker, input }
}

/** Where the broker is that speaks for this environment. False: none may; true: one may, and nobody knows which. */
async function socketFor(env: NodeJS.ProcessEnv): Promise<string | boolean> {
  const directory = brokerDirectory(env)
  if (directory === undefined) return false
  if (!isPrivate(directory)) return true
  const whole = async () => (await import('../broker/plugin-digest.ts')).pluginDigest(env)
  const memo = await recall(directory, identityVariables(env), whole)
  if (memo === undefined) return true
  if (memo.broker === null || (memo.mayAsk && (await import('node:tty')).isatty(0))) return false
  return socketPath(directory, memo.broker)
}

function readInput(signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = []
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    process.stdin.on('data', (chunk: Buffer) => chunks.push(chunk))
    process.stdin.on('end', () => resolve(Buffer.concat(chunks)))
    process.stdin.on('error', reject)
  })
}

/** Bytes that a pipe takes at once. */
const PIPE = 65_536

/** Writes to standard output, and gives the exit code. A reader who has left makes it 1. */
export function print(output: Buffer, exitCode: number): Promise<number> {
  const rest = output.length > PIPE ? output : writeNow(output)
  if (rest === undefined) return Promise.resolve(1)
  if (rest.length === 0) return Promise.resolve(exitCode)
  return new Promise((resolve) => {
    process.stdout.on('error', () => resolve(1))
    process.stdout.write(rest, () => resolve(exitCode))
  })
}

/** What could not be written at once; undefined: the reader has left. Making `process.stdout` takes milliseconds. */
function writeNow(output: Buffer): Buffer | undefined {
  try {
    return output.subarray(output.length === 0 ? 0 : writeSync(1, output))
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? output : undefined
  }
}

function outcomeUnknown(operation: string, name: string, signal: AbortSignal): number {
  if (signal.aborted) return complain(signal.reason.message)
  const what = `the connection to the broker was cut before the answer; ${operation} may have been carried out`
  return complain(`${what}\nTry: see what the session shows: kubectl gc peek ${name}`)
}

function complain(text: string): number {
  process.stderr.on('error', () => {})
  process.stderr.write(`gc-session-k8s: ${text}\n`)
  return 1
}
