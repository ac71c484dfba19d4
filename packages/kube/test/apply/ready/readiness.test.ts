import { expect, test } from 'vitest'
import { isWaitable, readiness } from '../../../src/apply/ready/readiness.ts'

const apps = (kind: string, status: object, generation = 2, spec = { replicas: 2 }) => ({
  ...{ apiVersion: 'apps/v1', kind, metadata: { name: 'x', generation }, spec },
  status: { observedGeneration: 2, ...status },
})
const set = { readyReplicas: 2, updatedReplicas: 2, currentRevision: 'a', updateRevision: 'a' }
const deployment = { updatedReplicas: 2, replicas: 2, availableReplicas: 2 }
const job = (conditions: { type: string; status: string; reason?: string; message?: string }[]) => ({
  ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'x' }, status: { conditions } },
})
const claim = (phase: string) => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: { phase } })

test.for([
  ['a StatefulSet', apps('StatefulSet', set), 'ready'],
  ['one that has not seen its change', apps('StatefulSet', set, 3), 'waiting'],
  ['one with a pod that is not ready', apps('StatefulSet', { ...set, readyReplicas: 1 }), 'waiting'],
  [
    'one whose pods are ready, all of the revision before',
    apps('StatefulSet', { ...set, updatedReplicas: undefined, updateRevision: 'b' }),
    'waiting',
  ],
  ['one that nothing is known of', apps('StatefulSet', {}), 'waiting'],
  ['one of no replicas', apps('StatefulSet', {}, 2, { replicas: 0 }), 'ready'],
  ['a Deployment', apps('Deployment', deployment), 'ready'],
  ['one that still has a pod of before', apps('Deployment', { ...deployment, replicas: 3 }), 'waiting'],
  ['one with a pod that is not available', apps('Deployment', { ...deployment, availableReplicas: 1 }), 'waiting'],
  [
    'a DaemonSet',
    apps('DaemonSet', { desiredNumberScheduled: 1, updatedNumberScheduled: 1, numberAvailable: 1 }),
    'ready',
  ],
  ['one without its pod', apps('DaemonSet', { desiredNumberScheduled: 1, updatedNumberScheduled: 1 }), 'waiting'],
  ['a Job', job([{ type: 'Complete', status: 'True' }]), 'ready'],
  ['one that runs', job([]), 'waiting'],
  [
    'one that failed',
    job([{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', message: 'too often' }]),
    'failed',
  ],
  ['a claim', claim('Bound'), 'ready'],
  ['one without a volume', claim('Pending'), 'waiting'],
  ['one that has lost its volume', claim('Lost'), 'failed'],
] as const)('%s is %3$s', ([, object, state]) => {
  expect(isWaitable(object)).toBe(true)
  expect(readiness(object).state).toBe(state)
})

test.for(['Service', 'ConfigMap', 'constructor'])('a %s is not waited for', (kind) => {
  expect(isWaitable({ apiVersion: 'v1', kind })).toBe(false)
})
