/** One operation of a JSON patch (RFC 6902). */
export interface Operation {
  op: 'add' | 'replace' | 'remove'
  path: string
  value?: unknown
}

const pointer = (key: string | number) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The operations that make one value into another. Lists are followed as far as both go, then cut or lengthened. */
export function patchOf(before: unknown, after: unknown, path = ''): Operation[] {
  if (isMapping(before) && isMapping(after)) {
    const gone = Object.keys(before).filter((key) => !(key in after))
    return [
      ...gone.map((key): Operation => ({ op: 'remove', path: path + pointer(key) })),
      ...Object.entries(after).flatMap(([key, value]) =>
        key in before ? patchOf(before[key], value, path + pointer(key)) : [add(path + pointer(key), value)],
      ),
    ]
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const both = Math.min(before.length, after.length)
    const cut = before.length - both
    return [
      ...after.slice(0, both).flatMap((value, index) => patchOf(before[index], value, path + pointer(index))),
      ...Array.from(
        { length: cut },
        (_, back): Operation => ({ op: 'remove', path: path + pointer(before.length - 1 - back) }),
      ),
      ...after.slice(both).map((value) => add(`${path}/-`, value)),
    ]
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ op: 'replace', path, value: after }]
}

const add = (path: string, value: unknown): Operation => ({ op: 'add', path, value })
