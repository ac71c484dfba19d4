/** What a client asks of a broker: one operation of `gc-session-k8s`, or one of the broker's own. */
export interface Request {
  /** {@link import('./version.ts').PROTOCOL} of the client. */
  protocol: number
  /** The version of the client's package. */
  version: string
  operation: string
  name: string
  args: string[]
  /** The variables that operations read. */
  env: Record<string, string>
}

/** What a broker says of itself to whoever connects. */
export interface Hello {
  protocol: number
  version: string
  pid: number
}

/** The broker's own operations. Brokers of every protocol know the second. */
export const BROKER_STATUS = 'broker-status'
export const BROKER_STOP = 'broker-stop'
/** A session of a namespace has been started or stopped on another way: look at it anew. */
export const BROKER_CHANGED = 'broker-changed'

/** The variables that travel with a request. What else the broker needs makes its identity. */
export function variablesOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && travels(entry[0]),
  )
  return Object.fromEntries(entries)
}

function travels(name: string): boolean {
  if (name === 'GC_K8S_CONTEXT' || name.startsWith('GC_K8S_BROKER')) return false
  return name === 'GC_CITY' || name.startsWith('GC_K8S_')
}
