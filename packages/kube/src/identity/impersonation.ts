import { ConfigError } from '../errors.ts'
import type { ClientOptions } from '../options.ts'
import type { User } from './kubeconfig.ts'

/**
 * The headers that ask the API server to treat us as someone else; options win over the kubeconfig.
 * @throws {ConfigError} groups without a user
 */
export function impersonationHeaders(options: ClientOptions, user: User): Record<string, string | string[]> {
  const groups = options.asGroup ?? (options.as === undefined ? user['as-groups'] : undefined) ?? []
  const name = options.as ?? user.as
  if (!name) {
    if (options.asUid !== undefined) {
      throw new ConfigError('cannot impersonate a UID without a user', { suggestion: 'Add --as USER to --as-uid.' })
    }
    if (groups.length === 0) return {}
    throw new ConfigError('cannot impersonate groups without a user', { suggestion: 'Add --as USER to --as-group.' })
  }
  const headers: Record<string, string | string[]> = { 'impersonate-user': name }
  if (groups.length > 0) headers['impersonate-group'] = groups
  if (options.asUid !== undefined) headers['impersonate-uid'] = options.asUid
  if (options.as === undefined) {
    if (user['as-uid'] && options.asUid === undefined) headers['impersonate-uid'] = user['as-uid']
    for (const [key, values] of Object.entries(user['as-user-extra'] ?? {})) {
      headers[`impersonate-extra-${encodeURIComponent(key.toLowerCase())}`] = values
    }
  }
  return headers
}
