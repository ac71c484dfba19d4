import { Readable } from 'node:stream'
import { bringBrokerUp } from '../broker/bring-up.ts'
import type { UnknownVariable } from '../kubernetes/options.ts'
import { kubernetesSessionProvider } from '../kubernetes/provider.ts'
import { carryOut, complete } from './carry-out.ts'
import { operations } from './operations.ts'
import { unknownVariable } from './unknown-variable.ts'
import { type CommandLine, NAMELESS, type Rest } from './via-broker.ts'

/** The protocol's code for an operation that is not known, and for nothing else. */
const UNKNOWN_OPERATION = 2

/** Carries out a command line in this process, to its exit code. */
export async function runDirectly(line: CommandLine & Rest): Promise<number> {
  const { operation, name, args, input, signal } = line
  const { stdout, stderr, env } = process
  const stdin = input === undefined ? process.stdin : Readable.from([input])
  for (const stream of [stdout, stderr]) stream.on('error', () => {}) // each write tells its own
  if (operation === undefined) return fail('missing operation', `one of: protocol ${Object.keys(operations).join(' ')}`)
  const carry = Object.hasOwn(operations, operation) ? operations[operation] : undefined
  if (carry === undefined) return UNKNOWN_OPERATION
  if (name === undefined || (name === '' && !NAMELESS.includes(operation))) {
    return fail(`${operation}: missing ${operation === 'check-image' ? 'image' : 'session name'}`)
  }
  const exitCode = await carryOut(operation, stderr, async () => {
    await using provider = await kubernetesSessionProvider({ keepStreams: false, onUnknownVariable: warn })
    return await complete(carry, { operation, provider, name, args, stdin, stdout, stderr, signal })
  })
  if (line.wantsBroker) await bringBrokerUp(env)
  return exitCode
}

function fail(message: string, suggestion?: string): number {
  process.stderr.write(`gc-session-k8s: ${message}\n${suggestion === undefined ? '' : `Try: ${suggestion}\n`}`)
  return 1
}

function warn(variable: UnknownVariable): void {
  process.stderr.write(unknownVariable(variable))
}
