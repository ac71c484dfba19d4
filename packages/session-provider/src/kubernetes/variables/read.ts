import { InvalidArgument } from '../../errors.ts'
import type { KubernetesSessionProviderOptions, VariableSettings } from '../options.ts'
import { variables } from './table.ts'
import type { AnyVariable } from './variable.ts'

/**
 * What options and variables say, in that order, with defaults for the rest. An empty variable, and the JSON `null`,
 * count as absent.
 * @throws {InvalidArgument} a value cannot be used; the message names the option or the variable
 */
export function readVariables(options: KubernetesSessionProviderOptions, env: NodeJS.ProcessEnv): VariableSettings {
  const settings: Record<string, unknown> = {}
  for (const [option, variable] of Object.entries<AnyVariable>(variables)) {
    const given = options[option as keyof VariableSettings]
    const value =
      given === undefined ? parse(variable, env[variable.name]) : checked(variable, given, `option ${option}`)
    const otherwise = variable.otherwise?.replace('<namespace>', String(settings.namespace))
    settings[option] = value ?? (otherwise === undefined ? undefined : variable.kind.parse(otherwise))
  }
  return settings as unknown as VariableSettings
}

function parse(variable: AnyVariable, text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined
  const value = attempt(variable, text)
  return value === null ? undefined : checked(variable, value, variable.name)
}

function attempt({ kind, name }: AnyVariable, text: string): unknown {
  try {
    return kind.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new InvalidArgument(`${name} is not JSON: ${why}`, {
      cause: error,
      suggestion: `set ${name} to one like ${kind.example}`,
    })
  }
}

function checked({ kind, name }: AnyVariable, value: unknown, what: string): unknown {
  const complaint = kind.complaint(value)
  if (complaint === undefined) return value
  throw new InvalidArgument(`${what}: ${complaint}`, { suggestion: `set ${name} to one like ${kind.example}` })
}
