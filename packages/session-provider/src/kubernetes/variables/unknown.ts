import { nearest } from '@kubectl-gc/manifests/nearest'
import type { UnknownVariable } from '../options.ts'
import { variables } from './table.ts'

const PREFIX = 'GC_K8S_'

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
  const unknown = Object.keys(env).filter((name) => name.startsWith(PREFIX) && !known.includes(name))
  return unknown.sort().map((name) => ({ name, nearest: meant(name, ours) }))
}

/** The variable that was most likely meant, by what follows the prefix that all have. */
function meant(name: string, names: readonly string[]): string | undefined {
  const bare = (full: string) => full.slice(PREFIX.length)
  const found = nearest(bare(name), names.filter((each) => each.startsWith(PREFIX)).map(bare))
  return found === undefined ? undefined : PREFIX + found
}
