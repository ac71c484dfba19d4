import { chartOf, kustomizeOf, objectsOf, toYaml } from '@kubectl-gc/manifests'
import {
  all,
  any,
  checksum,
  choose,
  defineBundle,
  each,
  equals,
  named,
  nameValues,
  not,
  quantity,
  resources,
  when,
} from '@kubectl-gc/manifests/define'
import type { ConfigMap, Service } from '@kubectl-gc/manifests/kubernetes'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { arbitraryValues } from './support/arbitrary-values.ts'
import { byName, helmTemplate, kustomize, written } from './support/rendering.ts'

const texts = z.array(z.string()).default([])

/** Everything that a bundle can be written with. */
const specimen = defineBundle({
  name: 'specimen',
  description: 'Everything that a bundle can be written with',
  version: '1.2.3',
  defaultNamespace: 'specimens',
  values: z.strictObject({
    ...nameValues,
    text: z.string().default('plain').describe('Any text.'),
    word: z
      .string()
      .regex(/^[a-z]*$/)
      .default('word')
      .describe('A word.'),
    maybe: z.string().optional().describe('A text that may be absent.'),
    count: z.int().default(3).describe('A number.'),
    maybeCount: z.int().optional().describe('A number that may be absent.'),
    flag: z.boolean().default(true).describe('Yes or no.'),
    maybeFlag: z.boolean().optional().describe('Yes, no or neither.'),
    mode: z.enum(['one', 'two']).default('one').describe('One of two.'),
    size: quantity.default('1Gi').describe('A quantity.'),
    either: z.union([z.int(), z.string()]).default('50%').describe('A number or a text.'),
    list: texts.describe('Texts.'),
    map: z.record(z.string(), z.string()).default({}).describe('Texts by name.'),
    resources: resources({ cpu: '1', memory: '1Gi' }).describe('A subtree.'),
    hosts: z
      .array(z.strictObject({ name: z.string(), port: z.int().optional(), paths: z.array(z.string()).optional() }))
      .default([])
      .describe('A list of objects.'),
    teams: z
      .record(z.string(), z.strictObject({ owner: z.string() }))
      .default({})
      .describe('Objects by name.'),
  }),
  files: (values, release) => {
    const { namespace, fullname, labels } = release
    const map = (name: string, rest: object): ConfigMap =>
      ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels }, ...rest }) as ConfigMap
    const service: Service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: fullname, namespace, labels: { app: 'x', ...labels, ...values.map } },
      spec: {
        selector: release.selectorLabels,
        ports: [
          { name: 'fixed', port: values.count, targetPort: values.either },
          ...when(values.flag, [{ name: 'flagged', port: 1 }]),
          ...each(values.hosts, 'host', (host) => [{ name: host.name, port: host.port }]),
        ],
        externalIPs: [...values.list],
      },
    }
    return {
      'scalars.yaml': map(`${fullname}-scalars`, {
        data: {
          text: values.text,
          'a.b/c': values.word,
          maybe: values.maybe,
          mixed: `<${values.text}> {{ 100% of ${values.count} in ${namespace} }}`,
          block: `one = ${values.word}\n  two = {{ "${values.mode}" }}\n\n# ${values.count} ${values.flag}\n`,
          kept: `first ${values.word}\n\n\n`,
          unsafe: `one = ${values.text}\ntwo = ${values.word}\n`,
          constant: 'line {{ .Values.text }}\n  another: "line"\n\n',
          leading: '  two spaces\n none\n',
          tokenFirst: `${values.word}\n  then more\n`,
          named: `the ${fullname}\nof ${namespace}\n`,
          yes: 'yes',
          number: '1e3',
          empty: '',
          odd: '# ~ "\' \\ \t end ',
          chosen: choose(values.flag, `on ${values.text}`, 'off'),
          nested: choose(equals(values.mode, 'two'), values.text, choose(not(values.flag), 'neither', 'first')),
          sum: checksum(values.map, values.text, values.hosts, values.count, values.flag),
          [values.word]: 'a key',
        },
        count: values.count,
        maybeCount: values.maybeCount,
        flag: values.flag,
        maybeFlag: values.maybeFlag,
        either: values.either,
        constants: [1, 1.5, true, null, {}, [], [[1, [2]], { a: { b: [] } }]],
      }),
      'collections.yaml': map(`${fullname}-collections`, {
        data: values.map,
        list: values.list,
        resources: values.resources,
        texts: [
          'first',
          '  led in\n\n',
          `  ${values.mode}\n x`,
          ['a\n  b', `a\n  ${values.word}\n`],
          ...values.list,
          values.text,
          values.maybe,
        ],
        spread: { before: '1', ...values.map, after: '2' },
        alone: [...values.list],
        aloneMap: { ...values.map },
        aloneWhen: { ...when(values.flag, { a: values.text }), ...when(values.maybe, { b: values.maybe }) },
        aloneEach: [...each(values.teams, 'team', (team, name) => [{ name, owner: team.owner }])],
        teams: { fixed: 'x', ...each(values.teams, 'team', (team, name) => ({ [`team-${name}`]: team.owner })) },
        hosts: each(values.hosts, 'host', (host) => [
          {
            ...when(host.port, { port: host.port, value: values.text }),
            name: `${host.name}:${values.count}`,
            paths: each(host.paths, 'path', (path) => [{ path, host: host.name, ...labels }]),
            all: host.paths,
          },
        ]),
        ...named('shared', { shared: { text: values.text, list: [...values.list] } }),
        deep: { er: { ...when(all(values.flag, equals(values.mode, 'two')), { still: [{ a: values.list }] }) } },
        either: { ...when(any(values.maybe, equals(values.count, 3), values.list), { some: 'true' }), fixed: 'x' },
      }),
      'service.yaml': service,
      'conditional.yaml': when(values.flag, [
        map('flagged', { data: { text: values.text } }),
        ...when(values.maybe, [map('maybe', { data: { text: values.maybe } })]),
      ]),
      'teams.yaml': each(values.teams, 'team', (team, name) => [
        map(`team-${name}`, { data: { owner: team.owner, text: values.text, ...labels } }),
      ]),
    }
  },
  notes: ({ flag, text }, { fullname, namespace }) => [
    `kubectl --namespace ${namespace} get configmap ${fullname}-scalars`,
    ...when(flag, [`It says ${text}, {{ as is }}.`]),
  ],
})

const names = fc.stringMatching(/^[a-z]([-a-z0-9]{0,20}[a-z0-9])?$/)
const releases = fc.oneof(
  names,
  names.map((name) => `${name}-specimen`),
  fc.constant('1'),
)

test('kubectl and both Helms make the same objects of any values', { timeout: 600_000 }, async () => {
  const runs = Number(process.env.KUBECTL_GC_TEST_RUNS ?? 15)
  await using chart = await written(chartOf(specimen))
  await fc.assert(
    fc.asyncProperty(arbitraryValues(specimen.schema), releases, names, async (values, release, namespace) => {
      const installation = { name: release, namespace }
      const wanted = byName(toYaml(objectsOf(specimen, values, installation)))
      await using base = await written(kustomizeOf(specimen, values, installation))
      const [three, four, kustomized] = await Promise.all([
        helmTemplate('helm', chart.path, { release, namespace, values }),
        helmTemplate('helm4', chart.path, { release, namespace, values }),
        kustomize(`${base.path}/base`),
      ])
      expect(three).toEqual(wanted)
      expect(four).toEqual(wanted)
      expect(kustomized).toEqual(wanted)
    }),
    { numRuns: runs, examples: [[{}, 'specimen', 'specimens']] },
  )
})
