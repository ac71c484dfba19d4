/** Found values as text: maps and lists as JSON, the values of one part with spaces between. */
export function printFound(found: unknown[][]): string {
  return found.map((values) => values.map(printValue).join(' ')).join('')
}

/** Found values as JSON: one list for each part. */
export function printFoundAsJson(found: unknown[][]): string {
  return found.map((values) => `${escapeHtml(JSON.stringify(sorted(values), undefined, 4))}\n`).join('')
}

function printValue(value: unknown): string {
  if (typeof value === 'object' && value !== null) return escapeHtml(JSON.stringify(sorted(value)))
  return goText(value)
}

/** A value as Go prints it: `map[a:1 b:2]`, `[1 2]`, `1e-05`. */
export function goText(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'number') return goNumber(value)
  if (Array.isArray(value)) return `[${value.map(nested).join(' ')}]`
  if (typeof value !== 'object') return String(value)
  const map = sorted(value) as Record<string, unknown>
  return `map[${Object.keys(map)
    .map((key) => `${key}:${nested(map[key])}`)
    .join(' ')}]`
}

function nested(value: unknown): string {
  return value === null ? '<nil>' : goText(value)
}

function goNumber(value: number): string {
  const [digits = '', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power >= -4 && power < 21) return String(value)
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

/** The same with the keys of every map in order, as Go writes them. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sorted(member)]))
}

function escapeHtml(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
