import { type KnownSecrets, REMOVED } from './known.ts'
import { isSecretName } from './names.ts'

type Json = Record<string, unknown>

/** Parts of every object that only repeat the rest of it. */
const repeated = new Set(['managedFields', 'kubectl.kubernetes.io/last-applied-configuration'])

/**
 * The same object without what is called like a secret: values of variables, fields, data of Secrets.
 * @param known gets what is removed, so that it can be removed wherever else it stands
 */
export function redactObject(object: unknown, known: KnownSecrets): unknown {
  if (Array.isArray(object)) return object.map((one) => redactObject(one, known))
  if (typeof object !== 'object' || object === null || object instanceof Date) return object
  const { kind, name, value } = object as Json
  if (kind === 'Secret') return withoutData(object as Json, known)
  const isVariable = typeof name === 'string' && typeof value === 'string' && isSecretName(name)
  return Object.fromEntries(
    Object.entries(object)
      .filter(([key]) => !repeated.has(key))
      .map(([key, part]) => {
        const isSecret = typeof part === 'string' && (isSecretName(key) || (isVariable && key === 'value'))
        if (!isSecret) return [key, redactObject(part, known)]
        known.add(part)
        return [key, part === '' ? '' : REMOVED]
      }),
  )
}

/** A Secret's keys, and how many bytes each has. */
function withoutData({ data, stringData, ...rest }: Json, known: KnownSecrets): Json {
  const sizes: Record<string, string> = {}
  for (const [key, value] of Object.entries({ ...(data as object) })) {
    const bytes = Buffer.from(String(value), 'base64')
    known.add(bytes)
    known.add(String(value))
    sizes[key] = `${REMOVED} (${bytes.length} bytes)`
  }
  for (const [key, value] of Object.entries({ ...(stringData as object) })) {
    known.add(String(value))
    sizes[key] = REMOVED
  }
  return { ...(redactObject({ ...rest, kind: undefined }, known) as Json), kind: 'Secret', data: sizes }
}
