import type { Readable, Writable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { abortable } from '../deadline.ts'
import { InvalidArgument } from '../errors.ts'
import type { KubernetesSessionProvider } from '../kubernetes/provider.ts'

/** One call of the executable, past its operation's name. */
export interface Call {
  operation: string
  provider: KubernetesSessionProvider
  /** The session's name; the prefix of list-running; the image of check-image. */
  name: string
  args: string[]
  stdin: Readable
  stdout: Writable
  stderr: Writable
  signal: AbortSignal
}

/** Carries out a call. What it resolves with goes to stdout, or is the exit code if it is a number. */
export type Operation = (call: Call) => Promise<string | number | undefined> | Promise<void>

/** All of standard input, byte for byte. */
export function input({ stdin, signal }: Call): Promise<Buffer> {
  return abortable(buffer(stdin), signal)
}

/** All of standard input, as text. */
export function inputText({ stdin, signal }: Call): Promise<string> {
  return abortable(text(stdin), signal)
}

/** The argument at an index. @throws {InvalidArgument} there is none, or it is empty */
export function argument({ operation, args }: Call, index: number, what: string): string {
  const value = args[index]
  if (value === undefined || value === '') throw new InvalidArgument(`${operation}: missing ${what}`)
  return value
}

/** The protocol counts a session that is not there as success, with empty output. */
export async function unlessMissing<T>(verb: Promise<T>): Promise<T | undefined> {
  try {
    return await verb
  } catch (error) {
    if (error instanceof Error && error.name === 'SessionNotFound') return undefined
    throw error
  }
}

/** Writes; resolves once the reader, or the kernel for it, has taken it. */
export function write(stream: Writable, data: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => stream.write(data, (error) => (error ? reject(error) : resolve())))
}

/** Whether whoever read our output has left. */
export function isReaderGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE'
}
