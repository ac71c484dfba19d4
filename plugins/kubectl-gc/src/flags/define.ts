import type * as OclifFlags from '@oclif/core/flags'
import { UsageError } from '../errors/usage.ts'

interface Given {
  multiple?: boolean
}

interface Bounds {
  min?: number
  max?: number
}

/*
 * Flags as oclif's own builders define them, and typed by these: to load oclif for that takes longer than most commands.
 * test/flags/define.test.ts compares the two.
 */

function define(defaults: Given = {}) {
  return (given: Given = {}) => ({
    parse: async (input: string): Promise<unknown> => input,
    ...defaults,
    ...given,
    input: [],
    multiple: given.multiple ?? defaults.multiple ?? false,
    type: 'option' as const,
  })
}

/** A flag with a value. */
export const string = define() as unknown as typeof OclifFlags.string

/** A flag whose value its own `parse` reads. */
export const custom = define as unknown as typeof OclifFlags.custom

/** A flag with one of several values. */
export const option = define as unknown as typeof OclifFlags.option

/** A flag whose value is a whole number, from `min` to `max` where these are given. */
export const integer = define({ parse: readInteger } as Given) as unknown as typeof OclifFlags.integer

/** A flag that stands alone; with `allowNo`, `--no-NAME` denies it. */
export const boolean = ((given: { allowNo?: boolean } = {}) => ({
  parse: async (value: boolean) => value,
  ...given,
  allowNo: given.allowNo ?? false,
  type: 'boolean' as const,
})) as unknown as typeof OclifFlags.boolean

async function readInteger(input: string, _context: unknown, { min, max }: Bounds): Promise<number> {
  if (!/^-?\d+$/.test(input)) throw new UsageError(`expected an integer but received: ${input}`)
  const number = Number.parseInt(input, 10)
  const refuse = (bound: string) => new UsageError(`expected an integer ${bound} but received: ${input}`)
  if (min !== undefined && number < min) throw refuse(`greater than or equal to ${min}`)
  if (max !== undefined && number > max) throw refuse(`less than or equal to ${max}`)
  return number
}
