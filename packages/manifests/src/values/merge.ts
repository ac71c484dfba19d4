/** Values over others, as Helm lays one file of values over another: mappings are merged, all else is replaced. */
export function mergeValues(below: unknown, above: unknown): unknown {
  const isMapping = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isMapping(below) || !isMapping(above)) return above === undefined ? below : above
  const merged: Record<string, unknown> = { ...(below as object) }
  for (const [key, value] of Object.entries(above as object)) merged[key] = mergeValues(merged[key], value)
  return merged
}
