import { type ArgSpec, type FlagSpec, INVOLVED, type Spec } from './spec.ts'
import { takeApart } from './words.ts'

/** What a command line says. */
export interface Parsed {
  args: Record<string, unknown>
  flags: Record<string, unknown>
}

/**
 * Reads a command line whose meaning is plain as oclif reads it, which loading oclif would take longer than most commands.
 * Undefined where that is not sure, and where something is wrong: then oclif says what.
 */
export async function parsePlainly(spec: Spec, argv: readonly string[]): Promise<Parsed | undefined> {
  const flagSpecs = { ...spec.baseFlags, ...spec.flags } as Record<string, FlagSpec>
  const words = takeApart(flagSpecs, argv)
  if (words === undefined) return undefined
  try {
    const flags = await flagValues(flagSpecs, words.given)
    const args = await argValues(Object.entries((spec.args ?? {}) as Record<string, ArgSpec>), words.args)
    return flags === undefined || args === undefined ? undefined : { args, flags }
  } catch {
    return undefined
  }
}

async function flagValues(specs: Record<string, FlagSpec>, given: Map<string, (string | boolean)[]>) {
  const values: Record<string, unknown> = {}
  for (const [name, spec] of Object.entries(specs)) {
    if (INVOLVED.some((word) => word in spec)) return undefined
    const inputs = given.get(name)
    if (inputs === undefined) {
      if (typeof spec.default === 'function') return undefined
      if (spec.default !== undefined) values[name] = spec.default
      continue
    }
    const read = (input: string | boolean) => parsed(spec, input, { ...spec, name })
    if (!inputs.every((input) => isAllowed(spec, input))) return undefined
    if (spec.type === 'boolean') values[name] = await read(inputs.at(-1) ?? true)
    else if (spec.multiple !== true) {
      if (inputs.length > 1) return undefined
      values[name] = await read(inputs[0] ?? '')
    } else if (spec.multipleNonGreedy === true) values[name] = await Promise.all(inputs.map(read))
    else return undefined
  }
  return values
}

async function argValues(specs: [string, ArgSpec][], inputs: readonly string[]) {
  const values: Record<string, unknown> = {}
  const rest = [...inputs]
  for (const [index, [name, spec]] of specs.entries()) {
    const isLast = index === specs.length - 1
    if (spec.multiple === true && !isLast) return undefined
    const own = spec.multiple === true ? rest.splice(0) : rest.splice(0, 1)
    if (!own.every((input) => isAllowed(spec, input))) return undefined
    const read = await Promise.all(own.map((input) => parsed(spec, input, spec)))
    if (read.length > 0) values[name] = spec.multiple === true ? read : read[0]
    else if (spec.required === true || typeof spec.default === 'function') return undefined
    else if (spec.default !== undefined) values[name] = spec.default
  }
  return rest.length > 0 ? undefined : values
}

function isAllowed({ options }: FlagSpec | ArgSpec, input: string | boolean): boolean {
  return options === undefined || (typeof input === 'string' && options.includes(input))
}

function parsed({ parse }: FlagSpec | ArgSpec, input: string | boolean, spec: object): unknown {
  return parse === undefined ? input : parse(input as never, {} as never, spec as never)
}
