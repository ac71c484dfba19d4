import type * as OclifArgs from '@oclif/core/args'

/** An argument as oclif's own builder defines it, without loading oclif. */
export const string = ((given: object = {}) => ({
  parse: async (input: string) => input,
  ...given,
  input: [],
  type: 'option' as const,
})) as unknown as typeof OclifArgs.string
