import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { type Signatures, signature } from './inputs.ts'

/** What is remembered of an environment, so that the next process need not read the kubeconfig. */
export interface Memo {
  /** The key of the broker that speaks for it; null: none may. */
  broker: string | null
  /** A credential plugin may ask the person at the terminal: with one, none may speak for it. */
  mayAsk: boolean
  /** The files that this depends on. */
  files: Signatures
}

/** Instead, where a credential plugin sees the whole environment: look again, with that. */
interface Deeper {
  deeper: true
  files: Signatures
}

/**
 * The memo for these inputs; undefined when there is none, or when a file is no longer what it was.
 * @param whole gives the rest of the inputs, for where the first part does not suffice
 */
export async function recall(
  directory: string,
  inputs: string,
  whole: () => Promise<string>,
): Promise<Memo | undefined> {
  const memo = read(directory, inputs)
  if (memo === undefined || !('deeper' in memo)) return memo
  const found = read(directory, inputs + (await whole()))
  return found === undefined || 'deeper' in found ? undefined : found
}

export function remember(directory: string, inputs: string, memo: Memo | Deeper): void {
  const path = memoPath(directory, inputs)
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify(memo), { mode: 0o600 })
  renameSync(draft, path)
}

function read(directory: string, inputs: string): Memo | Deeper | undefined {
  try {
    const memo = JSON.parse(readFileSync(memoPath(directory, inputs), 'utf8')) as Memo | Deeper
    const unchanged = Object.entries(memo.files).every(([path, was]) => signature(path) === was)
    return unchanged ? memo : undefined
  } catch {
    return undefined
  }
}

function memoPath(directory: string, inputs: string): string {
  return `${directory}/${digest(inputs, 1)}${digest(inputs, 2)}.memo`
}

/** 53 bits of a text. Loading `node:crypto` would take longer than all else that a verb does here. */
function digest(text: string, seed: number): string {
  let [a, b] = [0xdeadbeef ^ seed, 0x41c6ce57 ^ seed]
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    a = Math.imul(a ^ code, 0x9e3779b1)
    b = Math.imul(b ^ code, 0x5f356495)
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35)
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35)
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36)
}
