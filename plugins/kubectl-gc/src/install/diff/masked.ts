type Data = Record<string, unknown>

/**
 * Two versions of an object with every value of a Secret hidden, so that one sees which differ and not what they are, as
 * `kubectl diff` has it.
 */
export function masked(
  before: object | undefined,
  after: object | undefined,
): [object | undefined, object | undefined] {
  if (!isSecret(after ?? before)) return [before, after]
  const hide = (object: object | undefined, other: object | undefined, mark: string) => {
    if (object === undefined) return undefined
    const hidden = Object.entries(dataOf(object)).map(([key, value]) => {
      const theirs = dataOf(other)[key]
      return [key, theirs === undefined || theirs === value ? '***' : `*** (${mark})`]
    })
    const { stringData: _, ...rest } = object as { stringData?: unknown }
    return { ...rest, ...(hidden.length > 0 && { data: Object.fromEntries(hidden) }) }
  }
  return [hide(before, after, 'before'), hide(after, before, 'after')]
}

function isSecret(object: object | undefined): boolean {
  const { apiVersion, kind } = (object ?? {}) as { apiVersion?: string; kind?: string }
  return apiVersion === 'v1' && kind === 'Secret'
}

/** The values as they are stored: what is given as text is too. */
function dataOf(object: object | undefined): Data {
  const { data, stringData } = (object ?? {}) as { data?: Data; stringData?: Data }
  const encoded = Object.entries(stringData ?? {}).map(([key, value]) => [
    key,
    Buffer.from(String(value)).toString('base64'),
  ])
  return { ...data, ...Object.fromEntries(encoded) }
}
