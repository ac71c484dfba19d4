import { toSessionObject } from '@kubectl-gc/session-provider'
import { expect, test } from 'vitest'
import type { Schema } from '../../src/explain/schema.ts'
import { sessionSchema } from '../../src/explain/session-schema.ts'
import { gc } from '../support/gc.ts'

const everything = toSessionObject({
  ...{ name: 'mayor', namespace: 'gc', phase: 'Finished', reason: 'Error', message: 'it ended', exitCode: 3 },
  ...{ agent: 'mayor', pod: 'mayor', image: 'gc-agent:latest', node: 'node-1', meta: { task: 'x' } },
  createdAt: new Date('2026-01-01T00:00:00Z'),
  labels: { app: 'gc-agent' },
})

function keysOf(value: unknown, schema: Schema): unknown {
  if (schema.properties === undefined) return typeof value
  const entries = Object.entries(value as object)
  return Object.fromEntries(entries.map(([key, inner]) => [key, keysOf(inner, schema.properties?.[key] ?? {})]))
}

function explained(schema: Schema): unknown {
  if (schema.properties === undefined) return schema.type === 'integer' ? 'number' : schema.type
  return Object.fromEntries(Object.entries(schema.properties).map(([key, inner]) => [key, explained(inner)]))
}

test('every field of a session is explained, and no other', () => {
  expect(explained(sessionSchema)).toEqual(keysOf(everything, sessionSchema))
})

test('a field as kubectl explains it', async () => {
  expect((await gc(['explain', 'session.status.exitCode'])).stdout).toBe(
    `KIND:       Session
VERSION:    kubectl-gc.dev/v1alpha1

FIELD: exitCode <integer>

DESCRIPTION:
    The agent's exit code, once it is Finished.
`,
  )
  const { stdout } = await gc(['explain', 'session.status'])
  expect(stdout).toMatch(/^FIELD: status <Object>$/m)
  expect(stdout).toMatch(/^ {2}phase\t<string> -required-\n {4}Starting until it takes input/m)
  expect((await gc(['explain', 'session.metadata.labels'])).stdout).toContain('FIELD: labels <map[string]string>')
})

test.for([
  [
    'sessions.dolt.storage',
    /^FIELD: storage <string>\n\nDESCRIPTION:\n {4}Size of Dolt's volume\.\n {4}Default: "10Gi"/m,
  ],
  ['agent.depends_on', /^FIELD: depends_on <\[\]string>\n\nDESCRIPTION:\n {4}Agents that must run/m],
  ['city.agent.nudge', /^KIND: {7}city\.toml\n\nFIELD: nudge <string>/m],
  ['city.agent[0].lifecycle', /^ENUM:\n {4}\n {4}one_shot$/m],
] as const)('%s', async ([path, text]) => {
  expect((await gc(['explain', path])).stdout).toMatch(text)
})

test('--recursive shows names and types of all that is below', async () => {
  const { stdout } = await gc(['explain', 'session', '--recursive'])
  expect(stdout).toContain('\n  metadata\t<Object> -required-\n    name\t<string> -required-\n')
})

test.for([
  ['sesion', 'nothing is called "sesion"', 'kubectl gc explain session'],
  ['session.status.phas', 'field "session.status.phas" does not exist', 'kubectl gc explain session.status.phase'],
  ['sessions.dolt.zzz', 'field "sessions.dolt.zzz" does not exist', 'kubectl gc explain sessions.dolt'],
] as const)('%s is not there', async ([path, message, next]) => {
  const { code, stderr } = await gc(['explain', path])
  expect(code).toBe(1)
  expect(stderr).toContain(message)
  expect(stderr).toMatch(new RegExp(`^Try: ${next}$`, 'm'))
})

test('options lists the flags of every command', async () => {
  const { stdout } = await gc(['options'])
  expect(stdout).toMatch(/^The following flags can be passed to any command:\n\n.*--kubeconfig=FILE/s)
})
