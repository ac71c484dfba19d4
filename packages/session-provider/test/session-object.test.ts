import { expect, test } from 'vitest'
import {
  memorySessionProvider,
  SESSION_API_VERSION,
  type SessionInfo,
  toSessionList,
  toSessionObject,
} from '../src/index.ts'

const known: SessionInfo = {
  ...{ name: 'mayor', namespace: 'gc', phase: 'Running', reason: undefined, message: undefined, exitCode: undefined },
  ...{ agent: 'mayor', pod: 'mayor', image: 'gc-agent:latest', node: 'node-1', meta: { task: 'x' } },
  createdAt: new Date('2026-01-01T00:00:00.123Z'),
  labels: { app: 'gc-agent' },
}

test('a session is an object of our group, with what is known of it', () => {
  expect(toSessionObject(known)).toEqual({
    apiVersion: 'kubectl-gc.dev/v1alpha1',
    kind: 'Session',
    metadata: {
      name: 'mayor',
      namespace: 'gc',
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: { app: 'gc-agent' },
    },
    spec: { agent: 'mayor', image: 'gc-agent:latest', nodeName: 'node-1' },
    status: { phase: 'Running', pod: 'mayor', meta: { task: 'x' } },
  })
})

test('what is not known is left out, and what is 0 is not', () => {
  const { spec, status } = toSessionObject({
    ...known,
    phase: 'Finished',
    node: undefined,
    exitCode: 0,
    reason: 'Completed',
  })
  expect(spec).not.toHaveProperty('nodeName')
  expect(status).toEqual({ phase: 'Finished', reason: 'Completed', exitCode: 0, pod: 'mayor', meta: { task: 'x' } })
})

test('any provider can be listed as objects', async () => {
  await using provider = memorySessionProvider()
  await provider.start('mayor', { command: 'claude', env: { GC_AGENT: 'mayor' } })
  expect(toSessionList(await provider.list())).toMatchObject({
    apiVersion: 'v1',
    kind: 'List',
    items: [{ apiVersion: SESSION_API_VERSION, metadata: { name: 'mayor' }, spec: { agent: 'mayor' } }],
  })
})
