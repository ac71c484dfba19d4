import { commands } from './cases/commands.ts'
import { driving } from './cases/driving.ts'
import { lifecycle } from './cases/lifecycle.ts'
import { listing } from './cases/listing.ts'
import { metadata } from './cases/metadata.ts'
import { missing } from './cases/missing.ts'
import { watching } from './cases/watching.ts'
import type { ConformanceCase } from './context.ts'

export { type ConformanceCase, ConformanceContext, type ConformanceTarget } from './context.ts'

/**
 * What every SessionProvider promises, for any test runner: make one ConformanceContext, run the cases on it, all at
 * once if you like, and dispose of it. A case that has `processes` is not for a provider without.
 */
export const conformanceCases: readonly ConformanceCase[] = [
  ...lifecycle,
  ...listing,
  ...metadata,
  ...driving,
  ...commands,
  ...watching,
  ...missing,
]
