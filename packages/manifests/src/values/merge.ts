import type { Schema } from '../template/reference.ts'

type Mapping = Record<string, unknown>

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Values over others, as Helm lays one file of values over another: mappings are merged, all else is replaced. */
export function mergeValues(below: unknown, above: unknown): unknown {
  if (!isMapping(below) || !isMapping(above)) return above === undefined ? below : above
  const merged: Mapping = { ...below }
  for (const [key, value] of Object.entries(above)) merged[key] = mergeValues(below[key], value)
  return merged
}

/** Values without those that are null, which take a default away. A null stays where a value must be, to be refused. */
export function withoutNulls(values: unknown, schema?: Schema): unknown {
  if (!isMapping(values)) return values
  const { properties, required } = schema ?? {}
  const entries = Object.entries(values).filter(([key, value]) => value !== null || required?.includes(key))
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutNulls(value, properties?.[key])]))
}
