import { nearest } from '@kubectl-gc/manifests/nearest'
import { UsageError } from '../errors/usage.ts'

/**
 * One of several things by its name.
 * @throws {UsageError} there is none of this name; it says which there are
 */
export function chosen<T>(what: string, all: Record<string, T>, name: string): T {
  const found = Object.hasOwn(all, name) ? all[name] : undefined
  if (found !== undefined) return found
  const names = Object.keys(all)
  const known = names.length === 0 ? 'there is none' : `there are ${names.join(', ')}`
  throw new UsageError(`no ${what} ${JSON.stringify(name)}: ${known}`, nearest(name, names))
}
