import { InvalidArgument } from '../errors.ts'
import type { KubernetesSessionProviderOptions, VariableSettings } from './options.ts'
import { type Timeouts, timeoutsOf } from './timeouts.ts'
import { readVariables } from './variables/read.ts'

/** The options with their variables and defaults applied. */
export interface Settings extends VariableSettings {
  /** Path of the city whose sessions these are; undefined: of no city, and those of every city are seen. */
  city: string | undefined
  timeouts: Timeouts
}

/**
 * Reads what an option does not say from its variable. An empty variable counts as absent.
 * @throws {InvalidArgument} a value cannot be used, or two contradict each other; the message names the variable
 */
export function readSettings(options: KubernetesSessionProviderOptions): Settings {
  const env = options.env ?? process.env
  const read = readVariables({ ...options, timeout: options.timeout ?? options.requestTimeout }, env)
  const city = options.city ?? (env.GC_CITY || undefined)
  const settings = { ...read, city, timeouts: timeoutsOf(read.timeout) }
  const host = options.doltHost ?? (env.GC_K8S_DOLT_HOST || undefined)
  const port = options.doltPort ?? (env.GC_K8S_DOLT_PORT || undefined)
  if ((host === undefined) !== (port === undefined)) {
    const missing = host === undefined ? 'GC_K8S_DOLT_HOST' : 'GC_K8S_DOLT_PORT'
    throw new InvalidArgument('requires both GC_K8S_DOLT_HOST and GC_K8S_DOLT_PORT when either is set', {
      suggestion: `set ${missing} too`,
    })
  }
  if (settings.podSecurity === 'restricted' && settings.runAsUser === 0) {
    throw new InvalidArgument('GC_K8S_RUN_AS_USER is 0, and GC_K8S_POD_SECURITY is restricted, which forbids root', {
      suggestion: 'set GC_K8S_POD_SECURITY to baseline, or another user',
    })
  }
  // What is said of all sessions in code or by a flag goes before what a variable says of some.
  if (options.image !== undefined && options.rigImages === undefined) settings.rigImages = undefined
  if (options.serviceAccount !== undefined && options.serviceAccountMap === undefined) {
    settings.serviceAccountMap = undefined
  }
  return settings
}
