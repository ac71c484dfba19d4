import { createHash } from 'node:crypto'
import { pluginVariables } from './inputs.ts'

/** A hash of all that a credential plugin may see: the environment may hold secrets. */
export function pluginDigest(env: NodeJS.ProcessEnv): string {
  return createHash('sha256')
    .update(JSON.stringify(pluginVariables(env)))
    .digest('hex')
}
