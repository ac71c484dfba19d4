import { nearest } from '@kubectl-gc/manifests/nearest'
import { UsageError } from '../errors/usage.ts'
import { type Schema, within } from './schema.ts'

/**
 * The field that a path leads to; lists and maps are passed through, `agent.name` being the name in each of the agents.
 * @param path the words of the path, the subject's first
 * @throws {UsageError} there is no such field; names the nearest
 */
export function findField(schema: Schema, path: readonly string[]): Schema {
  let field = schema
  for (let depth = 1; depth < path.length; depth += 1) {
    const name = (path[depth] ?? '').replace(/\[.*\]$/, '')
    const { properties = {} } = within(field)
    const next = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (next === undefined) throw noField(path, depth, Object.keys(properties))
    field = next
  }
  return field
}

function noField(path: readonly string[], depth: number, known: string[]): UsageError {
  const above = path.slice(0, depth).join('.')
  const meant = nearest(path[depth] ?? '', known)
  const next = meant === undefined ? above : `${above}.${meant}`
  return new UsageError(`field "${path.slice(0, depth + 1).join('.')}" does not exist`, `kubectl gc explain ${next}`)
}
