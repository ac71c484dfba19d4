import { InvalidArgument, TmuxError } from '../errors.ts'
import type { Session } from '../session.ts'
import { quote } from '../tmux/quote.ts'

const KEY = /^[A-Za-z_][A-Za-z0-9_.-]*$/

/** Bytes that a value may have. Above it, tmux could no longer start programs in the session (E2BIG). */
const LONGEST = 96 * 1024

/**
 * Sets a key of the session's metadata: a variable of the tmux environment of `main`, where the agent sees it too.
 * @throws {InvalidArgument} the key is no variable name, or the value is over 96 KiB or holds a NUL byte
 */
export async function setMeta(session: Session, key: string, value: string): Promise<void> {
  checkKey(key)
  checkValue(key, value)
  await session.tmux.run(`set-environment -t =main ${quote(key)} ${quote(value)}`)
}

/** The value of a key, exact to the byte, or undefined when it is not set. */
export async function getMeta(session: Session, key: string): Promise<string | undefined> {
  checkKey(key)
  try {
    const line = (await session.tmux.run(`show-environment -t =main ${quote(key)}`)).toString()
    return line.startsWith(`${key}=`) ? line.slice(key.length + 1) : undefined
  } catch (error) {
    if (error instanceof TmuxError && error.message.includes('unknown variable')) return undefined
    throw error
  }
}

/** Removes a key. Removing what is not set succeeds. */
export async function removeMeta(session: Session, key: string): Promise<void> {
  checkKey(key)
  await session.tmux.run(`set-environment -u -t =main ${quote(key)}`)
}

/** Every key that is set, with its value. */
export async function listMeta(session: Session): Promise<Record<string, string>> {
  const names = (await session.tmux.run('show-environment -t =main'))
    .toString()
    .split('\n')
    .map((line) => line.slice(0, line.indexOf('=')))
    .filter((name) => KEY.test(name))
  const values = await Promise.all(
    [...new Set(names)].map(async (name) => [name, await getMeta(session, name)] as const),
  )
  return Object.fromEntries(values.filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/** @throws {InvalidArgument} the value is over 96 KiB */
export function checkValue(key: string, value: string): void {
  if (Buffer.byteLength(value) > LONGEST) {
    throw new InvalidArgument(`the value of metadata key "${key}" is over ${LONGEST / 1024} KiB`)
  }
}

/** @throws {InvalidArgument} the key is no variable name */
export function checkKey(key: string): void {
  if (!KEY.test(key)) {
    throw new InvalidArgument(`"${key}" is not a metadata key`, {
      suggestion: 'use letters, digits, "_", "-" and ".", and begin with a letter or "_"',
    })
  }
}
