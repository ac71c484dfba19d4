import { createHash } from 'node:crypto'

/** How long a key of a ConfigMap may be. */
const longest = 253

/**
 * The key under which a ConfigMap holds the file of this path: `agents/mayor/agent.toml` is `agents__mayor__agent.toml`.
 * Keys take letters, digits, `.`, `-` and `_` only: `/` is `__`, and any other byte of the path's UTF-8 is `_` with two
 * digits. Where that is too long, its end is a hash. No two paths have one key, and no key begins with `_f`.
 */
export function configMapKey(path: string): string {
  const escaped = path.replaceAll(/[^-.A-Za-z0-9]/gu, (character) =>
    character === '/' ? '__' : [...Buffer.from(character)].map(hexadecimal).join(''),
  )
  // Keys that begin so are Kubernetes' own.
  const key = escaped.replace(/^\.(?=\.|$)/, '_2E')
  if (key.length <= longest) return key
  const hash = `_-${createHash('sha256').update(path).digest('hex')}`
  return key.slice(0, longest - hash.length).replace(/_+$/, '') + hash
}

function hexadecimal(byte: number): string {
  return `_${byte.toString(16).toUpperCase().padStart(2, '0')}`
}
