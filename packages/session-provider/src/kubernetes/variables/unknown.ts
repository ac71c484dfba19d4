import type { UnknownVariable } from '../options.ts'
import { variables } from './table.ts'

/** Variables of this prefix that gc's other programs read: known, and none of ours. */
const OTHERS = [
  'GC_K8S_CONTROLLER_IMAGE',
  'GC_K8S_CTRL_CPU_REQUEST',
  'GC_K8S_CTRL_MEM_REQUEST',
  'GC_K8S_CTRL_CPU_LIMIT',
  'GC_K8S_CTRL_MEM_LIMIT',
  'GC_K8S_CUSTOM_TYPES',
]

/**
 * Variables of a fork of gc's own provider that raise the rate to which client-go limits its requests. Our client has
 * no such limit: it sends what it has to, and waits when the API server says so (429, Retry-After).
 */
const NEEDLESS = ['GC_K8S_CLIENT_QPS', 'GC_K8S_CLIENT_BURST']

/** Read before any setting is: whether there is a broker, and for how long. */
const BROKER = ['GC_K8S_BROKER', 'GC_K8S_BROKER_IDLE']

/** The GC_K8S_* variables of an environment that nobody reads, sorted: they are misspelt, or some fork's. */
export function unknownVariables(env: NodeJS.ProcessEnv): UnknownVariable[] {
  const ours: string[] = Object.values(variables).map(({ name }) => name)
  const known = [...ours, ...BROKER, ...OTHERS, ...NEEDLESS]
  const unknown = Object.keys(env).filter((name) => name.startsWith('GC_K8S_') && !known.includes(name))
  return unknown.sort().map((name) => ({ name, nearest: nearest(name, ours) }))
}

/** The name that the fewest changes of one character lead to, three at most. */
function nearest(name: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((candidate) => ({ candidate, changes: distance(name, candidate) }))
    .sort((a, b) => a.changes - b.changes)
  return best !== undefined && best.changes <= 3 ? best.candidate : undefined
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
