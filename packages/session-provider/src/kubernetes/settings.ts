import { InvalidArgument } from '../errors.ts'
import type { KubernetesSessionProviderOptions } from './options.ts'

/** The options with their variables and defaults applied. */
export interface Settings {
  namespace: string
  image: string | undefined
  resources: { requests: { cpu: string; memory: string }; limits: { cpu: string; memory: string } }
  dolt: { host: string; port: string }
  serviceAccount: string | undefined
}

const QUANTITY = /^[0-9]+(\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/

/**
 * Reads what an option does not say from its variable. An empty variable counts as absent.
 * @throws {InvalidArgument} a namespace, a quantity or a port is none
 */
export function readSettings(options: KubernetesSessionProviderOptions): Settings {
  const env = options.env ?? process.env
  const read = (option: string | undefined, variable: string) => option ?? (env[variable] || undefined)
  const quantity = (option: string | undefined, variable: string, otherwise: string) => {
    const value = read(option, variable) ?? otherwise
    if (!QUANTITY.test(value)) {
      throw new InvalidArgument(`"${value}" is not a quantity`, {
        suggestion: `set ${variable} to one like ${otherwise}`,
      })
    }
    return value
  }
  const namespace = read(options.namespace, 'GC_K8S_NAMESPACE') ?? 'gc'
  if (!NAMESPACE.test(namespace)) {
    throw new InvalidArgument(`"${namespace}" is not a namespace`, {
      suggestion: 'use lower-case letters, digits and "-"',
    })
  }
  const port = read(options.doltPort, 'GC_K8S_DOLT_PORT') ?? '3307'
  if (!/^[0-9]{1,5}$/.test(port)) {
    throw new InvalidArgument(`"${port}" is not a port`, { suggestion: 'set GC_K8S_DOLT_PORT to a number' })
  }
  return {
    namespace,
    image: read(options.image, 'GC_K8S_IMAGE'),
    resources: {
      requests: {
        cpu: quantity(options.cpuRequest, 'GC_K8S_CPU_REQUEST', '500m'),
        memory: quantity(options.memoryRequest, 'GC_K8S_MEM_REQUEST', '1Gi'),
      },
      limits: {
        cpu: quantity(options.cpuLimit, 'GC_K8S_CPU_LIMIT', '2'),
        memory: quantity(options.memoryLimit, 'GC_K8S_MEM_LIMIT', '4Gi'),
      },
    },
    dolt: { host: read(options.doltHost, 'GC_K8S_DOLT_HOST') ?? `dolt.${namespace}.svc.cluster.local`, port },
    serviceAccount: read(options.serviceAccount, 'GC_K8S_SERVICE_ACCOUNT'),
  }
}
