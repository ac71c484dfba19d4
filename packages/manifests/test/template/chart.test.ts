import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineBundle, each, nameValues, required, when } from '../../src/define.ts'
import { chartOf, objectsOf, ValuesError } from '../../src/index.ts'
import type { ConfigMap } from '../../src/kubernetes.ts'

const greeting = defineBundle({
  name: 'greeting',
  description: 'Says hello',
  version: '0.1.0',
  defaultNamespace: 'greetings',
  values: z.strictObject({
    ...nameValues,
    name: z.string().default('').describe('Whom to greet.'),
    loud: z.boolean().default(false).describe('Whether to shout.'),
    titles: z.array(z.string()).default([]).describe('What else they are called.'),
    port: z.int().optional().describe('Where.'),
  }),
  files: (values, { namespace, fullname, labels }) => ({
    'configmap.yaml': {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: fullname, namespace, labels },
      data: {
        text: `Hello ${required(values.name, 'a name is needed')}`,
        ...when(values.loud, { mark: '!' }),
        titles: each(values.titles, 'title', (title) => [title]),
        port: values.port,
      },
    } as unknown as ConfigMap,
  }),
  notes: ({ name }) => [`Greets ${name}.`],
})

test('a chart is one that a person could have written', () => {
  const chart = chartOf(greeting, { titles: ['Dr'] })
  expect(chart['templates/configmap.yaml']).toBe(`apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "greeting.fullname" . | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels:
    {{- include "greeting.labels" . | nindent 4 }}
data:
  text: {{ printf "Hello %v" (required "a name is needed" .Values.name) | quote }}
  {{- if .Values.loud }}
  mark: "!"
  {{- end }}
  {{- if .Values.titles }}
  titles:
    {{- range $title := .Values.titles }}
    - {{ $title | quote }}
    {{- end }}
  {{- end }}
  {{- if not (kindIs "invalid" .Values.port) }}
  port: {{ int .Values.port }}
  {{- end }}
`)
  expect(chart['templates/NOTES.txt']).toBe('Greets {{ .Values.name }}.\n')
  expect(chart['values.yaml']).toContain(`# Whom to greet.
name: ""

# Whether to shout.
loud: false

# What else they are called.
titles:
  - Dr

# Where.
# port:
`)
})

test('the same as objects', () => {
  const [object] = objectsOf(
    greeting,
    { name: 'Ada', loud: true, port: 0 },
    { name: 'big-greeting', namespace: 'town' },
  )
  expect(object).toMatchObject({
    metadata: { name: 'big-greeting', namespace: 'town', labels: { 'app.kubernetes.io/instance': 'big-greeting' } },
    data: { text: 'Hello Ada', mark: '!', port: 0 },
  })
  expect(object).not.toHaveProperty('data.titles')
})

test('what must be given is asked for', () => {
  expect(() => objectsOf(greeting)).toThrow(
    new ValuesError('greeting', [{ path: 'name', message: 'a name is needed' }]),
  )
})

const broken = (field: (values: { flag: boolean; list: string[] }) => unknown) => () =>
  defineBundle({
    ...{ name: 'broken', description: '', version: '0.1.0', defaultNamespace: 'x', notes: () => [] },
    values: z.strictObject({ flag: z.boolean().default(true), list: z.array(z.string()).default([]) }),
    files: (values) => ({ 'a.yaml': { field: field(values as never) } as object }),
  })

test('a source that asks what nobody can know yet is told so', () => {
  expect(broken((values) => (values as unknown as { no: string }).no)).toThrow('the bundle has no value no')
  expect(broken(() => when(true, { a: 1 }))).toThrow('true is a constant, not a value of the bundle')
  expect(broken(({ list }) => list.map((one) => one))).toThrow('list has no value map')
  expect(broken(({ flag }) => Number(flag) + 1)).toThrow('flag is not known yet')
})
