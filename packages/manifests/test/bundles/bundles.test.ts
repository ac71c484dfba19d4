import { expect, test } from 'vitest'
import { bundles, filesOf, notesOf, objectsOf, render } from '../../src/index.ts'
import type { Schema } from '../../src/template/reference.ts'
import { valuesIn } from '../../src/template/used.ts'

const all = Object.values(bundles).map((bundle) => [bundle.name, bundle] as const)

/** Every value by its path; an object that is used as a whole is one. */
function leaves(schema: Schema, path: string[] = []): { path: string[]; schema: Schema }[] {
  if (schema.properties === undefined) return [{ path, schema }]
  return Object.entries(schema.properties).flatMap(([key, one]) => leaves(one, [...path, key]))
}

test.for(all)('every value of %s is used', ([, bundle]) => {
  const { schema, namespaceFile, files, notes } = bundle
  const used = valuesIn([namespaceFile, files, notes]).map((path) => `${path.join('.')}.`)
  // What helpers and pipelines of the chart's own use.
  const chart = Object.values(render(bundle, 'helm')).join('\n')
  used.push(...Array.from(chart.matchAll(/\.Values\.([\w.]+)/g), ([, path]) => `${path}.`))
  const unused = leaves(schema).map(({ path }) => `${path.join('.')}.`)
  expect(unused.filter((path) => !used.some((one) => path.startsWith(one)))).toEqual([])
})

test.for(all)('every value of %s has a description', ([, { schema }]) => {
  const plain = leaves(schema).filter(({ schema, path }) => schema.description === undefined && !isAmount(path))
  expect(plain.map(({ path }) => path.join('.'))).toEqual([])
})

/** `cpu` and `memory` say it themselves. */
const isAmount = (path: string[]) => ['cpu', 'memory'].includes(path.at(-1) ?? '')

test.for(all)('%s is rendered the same by name, by file and in its notes', ([name, bundle]) => {
  expect(bundles[name]).toBe(bundle)
  const objects = objectsOf(bundle, bundle.example)
  expect(Object.values(filesOf(bundle, bundle.example)).flat()).toEqual(objects)
  expect(notesOf(bundle, bundle.example)).toMatch(/\S\n$/)
  for (const form of ['yaml', 'kustomize', 'helm'] as const) {
    const texts = Object.values(render(bundle, form, bundle.example))
    expect(texts.join('')).not.toMatch(/[\uE000-\uE003]|undefined|\[object Object\]/)
  }
})

test.for(all)('notes of %s name objects that there are', ([, bundle]) => {
  const notes = notesOf(bundle, bundle.example, { namespace: 'somewhere' })
  const names = objectsOf(bundle, bundle.example).map(
    ({ kind = '', metadata }) => `${kind.toLowerCase()}/${metadata?.name}`,
  )
  const mentioned = notes.match(/\b(statefulset|deployment|service|svc|cronjob|configmap)\/[-a-z0-9]+/g) ?? []
  for (const one of mentioned) expect(names).toContain(one.replace(/^svc\//, 'service/'))
})

test.for(all)('%s in two namespaces are two: nothing of the one is the other', ([, bundle]) => {
  const names = (namespace: string) =>
    objectsOf(bundle, bundle.example, { namespace }).map(({ apiVersion, kind, metadata }) =>
      [apiVersion, kind, metadata?.namespace, metadata?.name].join(' '),
    )
  const first = names('first')
  expect(new Set(first).size).toBe(first.length)
  expect(names('second').filter((name) => first.includes(name))).toEqual([])
})
