import {
  isValuesError,
  type KubernetesObject,
  type SessionsInput,
  sessions,
  sessionsValues,
} from '@kubectl-gc/manifests'
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
    if (!isValuesError(error)) throw error
    const told = error.problems.map(({ path, message }) => `${path}: ${message}`).join('; ')
    throw new UsageError(told, undefined, error)
  }
}
