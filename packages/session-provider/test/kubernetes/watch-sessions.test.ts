import type { WatchEvent } from '@kubectl-gc/kube'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { expect, test } from 'vitest'
import { toChanges } from '../../src/kubernetes/watch-sessions.ts'

interface Shape {
  session?: string
  uid?: string
  phase?: string
  deleted?: boolean
}

function pod({ session = 'mayor', uid = 'a', phase = 'Running', deleted = false }: Shape): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: session,
      uid,
      annotations: { 'gc-session-name': session },
      ...(deleted ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
    },
    spec: { nodeName: 'node', containers: [] },
    status: { phase },
  }
}

async function changes(...events: [WatchEvent<Pod>['type'], Shape][]): Promise<string[]> {
  async function* source(): AsyncGenerator<WatchEvent<Pod>> {
    for (const [type, shape] of events) yield { type, object: pod(shape) }
  }
  const seen: string[] = []
  for await (const { type, session } of toChanges(source(), (one) => one.metadata?.name !== 'foreign')) {
    seen.push(`${type} ${session.name} ${session.phase}`)
  }
  return seen
}

test('a session comes, changes and goes; what changes nothing that it shows is silent', async () => {
  expect(
    await changes(
      ['ADDED', { phase: 'Pending' }],
      ['MODIFIED', { phase: 'Pending' }],
      ['MODIFIED', {}],
      ['ADDED', { session: 'foreign' }],
      ['MODIFIED', { deleted: true }],
      ['DELETED', { deleted: true }],
      ['DELETED', { uid: 'never seen' }],
    ),
  ).toEqual(['added mayor Starting', 'changed mayor Running', 'changed mayor Stopping', 'removed mayor Stopping'])
})

test('a new pod of a session takes the place of one that goes, whichever is told first', async () => {
  expect(
    await changes(
      ['ADDED', { uid: 'old', deleted: true }],
      ['ADDED', { uid: 'new' }],
      ['DELETED', { uid: 'old', deleted: true }],
      ['DELETED', { uid: 'new' }],
    ),
  ).toEqual(['added mayor Stopping', 'changed mayor Running', 'removed mayor Running'])
})
