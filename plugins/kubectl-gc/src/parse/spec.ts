/** What a flag's definition for oclif says, as far as plain command lines depend on it. */
export interface FlagSpec {
  type: 'boolean' | 'option'
  parse?: (input: never, context: never, flag: never) => Promise<unknown>
  char?: string
  default?: unknown
  allowNo?: boolean
  multiple?: boolean
  multipleNonGreedy?: boolean
  options?: readonly string[]
}

/** The same of an argument's. */
export interface ArgSpec {
  parse?: (input: never, context: never, arg: never) => Promise<unknown>
  default?: unknown
  multiple?: boolean
  options?: readonly string[]
  required?: boolean
}

/** What a command takes. */
export interface Spec {
  args?: object | undefined
  flags?: object | undefined
  baseFlags?: object | undefined
}

/** Definitions that say how flags depend on each other or on the environment: those are oclif's to carry out. */
export const INVOLVED = [
  ...['env', 'required', 'exclusive', 'combinable', 'dependsOn', 'exactlyOne', 'atLeastOne', 'relationships'],
  ...['deprecated', 'allowStdin', 'delimiter'],
] as const
