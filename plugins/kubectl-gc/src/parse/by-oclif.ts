import { parse } from '@oclif/core/parser'
import type { Parsed } from './plainly.ts'
import type { Spec } from './spec.ts'

/** Reads a command line as oclif does. @throws what oclif throws at one that it refuses */
export async function parseByOclif({ args, flags, baseFlags }: Spec, argv: readonly string[]): Promise<Parsed> {
  const input = { args: { ...args }, flags: { ...baseFlags, ...flags } } as Parameters<typeof parse>[1]
  return parse([...argv], input) as Promise<Parsed>
}
