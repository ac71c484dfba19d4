import { type KubernetesObject, type SessionsInput, sessions, sessionsValues } from '@kubectl-gc/manifests'
import { UsageError } from '../errors/usage.ts'

/** What an installation is made from. Absent: the default of the manifests. */
export interface InstallValues {
  namespace: string
  podSecurity?: string | undefined
  doltImage?: string | undefined
  doltStorage?: string | undefined
  storageClass?: string | undefined
  cpuRequest?: string | undefined
  memoryRequest?: string | undefined
  cpuLimit?: string | undefined
  memoryLimit?: string | undefined
}

interface Issue {
  path: PropertyKey[]
  message: string
}

/** The same object without what is undefined. */
function known<T extends object>(object: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T
}

/**
 * Every object of an installation, in the order in which they are applied.
 * @throws {UsageError} a value that the manifests refuse; the message names it
 */
export function bundle(values: InstallValues): KubernetesObject[] {
  const { requests, limits } = sessionsValues.parse({}).dolt
  const input = {
    ...known({ namespace: values.namespace, podSecurity: values.podSecurity }),
    dolt: {
      ...known({ image: values.doltImage, storage: values.doltStorage, storageClassName: values.storageClass }),
      requests: { ...requests, ...known({ cpu: values.cpuRequest, memory: values.memoryRequest }) },
      limits: { ...limits, ...known({ cpu: values.cpuLimit, memory: values.memoryLimit }) },
    },
  }
  try {
    return sessions(input as SessionsInput)
  } catch (error) {
    const [issue] = (error as { issues?: Issue[] }).issues ?? []
    if (issue === undefined) throw error
    const name = issue.path.map(String).join('.')
    const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)?.[key], input)
    throw new UsageError(`${name} ${JSON.stringify(value)} cannot be used: ${issue.message}`, undefined, error)
  }
}
