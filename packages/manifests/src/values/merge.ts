import type { Schema } from '../template/reference.ts'

type Mapping = Record<string, unknown>

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Values over others, as Helm lays one file of values over another: mappings are merged, all else is replaced, and null
 * takes an entry away.
 * @param schema of the values: a null where one must be stays, to be refused
 */
export function mergeValues(below: unknown, above: unknown, schema?: Schema): unknown {
  if (!isMapping(below) || !isMapping(above)) return above === undefined ? below : above
  const merged: Mapping = { ...below }
  for (const [key, value] of Object.entries(above)) {
    if (value === null && !schema?.required?.includes(key)) delete merged[key]
    else merged[key] = mergeValues(merged[key], value, schema?.properties?.[key])
  }
  return merged
}
