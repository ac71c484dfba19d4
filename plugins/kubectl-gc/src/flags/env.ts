import { UsageError } from '../errors/usage.ts'

/** Reads `KEY=VALUE` pairs; everything after the first `=` is the value, as it stands. */
export function parseEnv(pairs: string[]): Record<string, string> {
  const env: Record<string, string> = {}
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    const key = pair.slice(0, at)
    if (at < 1 || !/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(key)) {
      throw new UsageError(`--env must be KEY=VALUE, not ${JSON.stringify(pair)}`)
    }
    env[key] = pair.slice(at + 1)
  }
  return env
}
