import { findCity } from '../city/find.ts'
import { targetIn } from '../city/open.ts'
import { readCity } from '../city/read.ts'
import { isUsageError } from '../errors/usage.ts'
import { type GlobalFlagValues, type Target, targetOf } from '../flags/target.ts'
import type { Runtime } from '../runtime.ts'

/** Where the controller is: what the flags say, then the city of the current folder, if there is one that can be read. */
export async function controllerTarget(
  flags: GlobalFlagValues,
  { env, cwd }: Pick<Runtime, 'env' | 'cwd'>,
): Promise<Target> {
  const target = targetOf(flags)
  try {
    const root = await findCity({ env, cwd })
    return root === undefined ? target : targetIn(await readCity(root), target, env)
  } catch (error) {
    if (isUsageError(error)) return target
    throw error
  }
}
