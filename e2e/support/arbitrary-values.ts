import type { Bundle } from '@kubectl-gc/manifests'
import fc from 'fast-check'

type Schema = Bundle['schema'] & { minimum?: number; maximum?: number; minLength?: number; maxLength?: number }

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    'yes',
    '1',
    '1e3',
    '0x1f',
    'null',
    '~',
    '{{ .Values }}',
    'a: b',
    '# no',
    '"',
    "'",
    '\\',
    'a\nb\n',
    ' x ',
    '%s',
    '$(HOME)',
  ),
)

const key = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/)

/** Any values that a bundle takes: each one is there or not. */
export function arbitraryValues(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  switch (schema.type) {
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1000, max: Math.min(schema.maximum ?? 3e9, 3e9) })
    case 'array':
      return fc.array(arbitraryValues(schema.items ?? {}), { maxLength: 3 })
    case 'object':
      return objects(schema)
    case 'string':
      return texts(schema)
    default:
      return fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom('25%', 'text'))
  }
}

function texts({ pattern, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  const text = pattern === undefined ? anyText : fc.stringMatching(new RegExp(pattern, 'u'))
  return text.filter((one) => one.length >= minLength && one.length <= maxLength)
}

function objects({ properties, additionalProperties, required = [] }: Schema): fc.Arbitrary<unknown> {
  if (properties === undefined) {
    const value = typeof additionalProperties === 'object' ? arbitraryValues(additionalProperties) : anyText
    return fc.dictionary(key, value, { maxKeys: 3 })
  }
  const fields = Object.entries(properties).map(([name, schema]) => [name, arbitraryValues(schema)] as const)
  // Without a default it must be given, but only in elements of lists and maps: `required` of the rest is of the output.
  const given = required.filter(
    (name) => properties[name]?.default === undefined && properties[name]?.type !== 'object',
  )
  return fc.record(Object.fromEntries(fields), { requiredKeys: given })
}

/** Values with every toggle on, and the rest as it comes. */
export function everything(schema: Schema): object {
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]: [string, Schema]) => {
    if (field.type === 'object' && field.properties !== undefined) return [[name, everything(field)]]
    return field.type === 'boolean' ? [[name, true]] : []
  })
  return Object.fromEntries(fields)
}
