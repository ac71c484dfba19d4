const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What tells the elements of a list apart. */
function keyOf(item: unknown): unknown {
  if (!isMapping(item)) return undefined
  const { name, secretKey, mountPath, resource } = item
  return name ?? secretKey ?? mountPath ?? (isMapping(resource) ? resource.name : undefined)
}

/** The element of a list that another list's element stands for: of the same name, or at the same place. */
function counterpart(item: unknown, index: number, among: unknown[]): unknown {
  const key = keyOf(item)
  return key === undefined ? among[index] : among.find((other) => keyOf(other) === key)
}

type Visit = (path: string, mine: unknown, other: unknown) => void

/** Calls for each leaf of a value, and for each subtree that the other does not have. */
function walk(mine: unknown, other: unknown, visit: Visit, path = ''): void {
  if (isMapping(mine) && isMapping(other)) {
    for (const [key, value] of Object.entries(mine))
      walk(value, other[key], visit, path === '' ? key : `${path}.${key}`)
  } else if (Array.isArray(mine) && Array.isArray(other)) {
    mine.forEach((item, index) => {
      walk(item, counterpart(item, index, other), visit, `${path}[${keyOf(item) ?? index}]`)
    })
  } else {
    visit(path, mine, other)
  }
}

/** Fields that are printed and not rendered so, each with both values. */
export function missing(printed: unknown, rendered: unknown): string[] {
  const found: string[] = []
  walk(printed, rendered, (path, mine, other) => {
    if (mine !== other) found.push(`${path}: ${JSON.stringify(mine)}, rendered: ${JSON.stringify(other)}`)
  })
  return found
}

/** Fields that are rendered and not printed, each by its path; of a subtree only its root. */
export function extra(printed: unknown, rendered: unknown): string[] {
  const found: string[] = []
  walk(rendered, printed, (path, _, other) => {
    if (other === undefined) found.push(path)
  })
  return found
}
