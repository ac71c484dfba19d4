import type { City } from '../city/read.ts'
import { UsageError } from '../errors/usage.ts'
import { parseEnv } from '../flags/env.ts'
import { isQuantity } from '../flags/quantity.ts'
import type { Before } from './before.ts'

/** What the flags of `controller deploy` say. */
export interface ControllerFlags {
  image?: string | undefined
  'agent-image'?: string | undefined
  'cpu-request'?: string | undefined
  'memory-request'?: string | undefined
  'cpu-limit'?: string | undefined
  'memory-limit'?: string | undefined
  storage?: string | undefined
  'storage-class'?: string | undefined
  'session-provider'?: string | undefined
  'image-pull-secret'?: string[] | undefined
  env?: string[] | undefined
}

/** How the controller runs; what is absent is the bundle's default. */
export interface ControllerSettings {
  values: {
    image?: string
    agentImage?: string
    storage?: string
    storageClassName?: string
    requests: { cpu?: string; memory?: string }
    limits: { cpu?: string; memory?: string }
  }
  env: Record<string, string>
  /** Secrets with the credentials of registries, for gc's image and for those of the agents. */
  pullSecrets: string[]
  notes: string[]
}

/**
 * How the controller runs: the flags, then the variables of gc's own script, then what it was deployed with before, then
 * the city.
 * @throws {UsageError} a variable that cannot be used, or half of where Dolt is
 */
export function controllerSettings(
  flags: ControllerFlags,
  env: NodeJS.ProcessEnv,
  before: Before | undefined,
  { file }: Pick<City, 'file'>,
): ControllerSettings {
  const notes: string[] = []
  const amount = (flag: string | undefined, variable: string) => flag ?? quantityIn(env, variable)
  const { image, agentImage, storage, storageClassName, requests, limits } = before?.values ?? {}
  const values = {
    ...known({
      image: flags.image ?? (env.GC_K8S_CONTROLLER_IMAGE || image),
      agentImage: flags['agent-image'] ?? (env.GC_K8S_IMAGE || (agentImage ?? file.session?.k8s?.image)),
      storage: flags.storage ?? storage,
      storageClassName: flags['storage-class'] ?? storageClassName,
    }),
    requests: known({
      cpu: amount(flags['cpu-request'], 'GC_K8S_CTRL_CPU_REQUEST') ?? requests?.cpu,
      memory: amount(flags['memory-request'], 'GC_K8S_CTRL_MEM_REQUEST') ?? requests?.memory,
    }),
    limits: known({
      cpu: amount(flags['cpu-limit'], 'GC_K8S_CTRL_CPU_LIMIT') ?? limits?.cpu,
      memory: amount(flags['memory-limit'], 'GC_K8S_CTRL_MEM_LIMIT') ?? limits?.memory,
    }),
  }
  const secrets = flags['image-pull-secret']?.join(',') ?? (env.GC_K8S_IMAGE_PULL_SECRET || undefined)
  const said = known({ GC_SESSION: flags['session-provider'], GC_K8S_IMAGE_PULL_SECRET: secrets })
  const own = { GC_SESSION: 'exec:gc-session-k8s', ...before?.env, ...doltOf(env, notes), ...parseEnv(flags.env ?? []) }
  const all: Record<string, string> = { ...own, ...said }
  return { values, env: all, pullSecrets: listed(all.GC_K8S_IMAGE_PULL_SECRET), notes }
}

function listed(names: string | undefined): string[] {
  return (names ?? '').split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]))
}

/** Where gc finds Dolt, if not in the namespace. */
function doltOf({ GC_DOLT_HOST: host, GC_DOLT_PORT: port }: NodeJS.ProcessEnv, notes: string[]) {
  if (!host && !port) return {}
  if (!host || !port) {
    const [set, other] = host ? ['GC_DOLT_HOST', 'GC_DOLT_PORT'] : ['GC_DOLT_PORT', 'GC_DOLT_HOST']
    throw new UsageError(`${set} is set and ${other} is not`, `set both, or neither: unset ${set}`)
  }
  if (!/^\d{1,5}$/.test(port)) throw new UsageError(`GC_DOLT_PORT must be a port, not ${JSON.stringify(port)}`)
  if (/^(localhost|127\..*|0\.0\.0\.0|::1?|\[::1?\])$/.test(host)) {
    notes.push(`GC_DOLT_HOST is ${host}, which is this machine: the controller uses the Dolt of its namespace`)
    return {}
  }
  return { GC_DOLT_HOST: host, GC_DOLT_PORT: port }
}

function quantityIn(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name]
  if (!value || isQuantity(value)) return value || undefined
  throw new UsageError(`${name} must be a quantity such as 500m or 512Mi, not ${JSON.stringify(value)}`)
}

function known<T extends Record<string, string | undefined>>(values: T): { [Key in keyof T]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: string
  }
}
