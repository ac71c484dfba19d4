import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { expect, test } from 'vitest'
import { diagnose } from '../../src/kubernetes/diagnosis.ts'

const container = (state: object) => ({
  name: 'agent',
  image: 'x:1',
  imageID: '',
  ready: false,
  restartCount: 0,
  state,
})
const pod = (status: object, metadata: object = {}): Pod => ({ metadata, status }) as Pod

test('nothing is wrong with a pod that is pulling, or runs', () => {
  expect(diagnose(pod({ phase: 'Pending' }))).toBeUndefined()
  const creating = container({ waiting: { reason: 'ContainerCreating' } })
  expect(diagnose(pod({ phase: 'Pending', containerStatuses: [creating] }))).toBeUndefined()
  expect(diagnose(pod({ phase: 'Running', containerStatuses: [container({ running: {} })] }))).toBeUndefined()
})

test('an image that cannot be pulled', () => {
  const waiting = container({ waiting: { reason: 'ErrImagePull', message: 'not found\nmore' } })
  expect(diagnose(pod({ phase: 'Pending', containerStatuses: [waiting] }))).toEqual({
    reason: 'ErrImagePull',
    message: 'the image "x:1" cannot be pulled: not found',
    fatal: true,
  })
})

test('no node can take it: waiting can help', () => {
  const condition = {
    type: 'PodScheduled',
    status: 'False',
    reason: 'Unschedulable',
    message: '0/1 nodes: Insufficient cpu.',
  }
  expect(diagnose(pod({ phase: 'Pending', conditions: [condition] }))).toEqual({
    reason: 'Unschedulable',
    message: 'no node can take its pod: 0/1 nodes: Insufficient cpu.',
    fatal: false,
  })
})

test.for([
  [{ exitCode: 7, reason: 'Error' }, 'the agent ended with exit code 7'],
  [{ exitCode: 137, reason: 'OOMKilled' }, 'the agent ended with exit code 137 (OOMKilled)'],
  [{ exitCode: 0, reason: 'Completed' }, 'the agent ended with exit code 0'],
] as const)('ended: %o', ([terminated, message]) => {
  const ended = pod({ phase: 'Failed', containerStatuses: [container({ terminated })] })
  expect(diagnose(ended)).toEqual({ reason: terminated.reason, message, fatal: true, exitCode: terminated.exitCode })
})

test('evicted: the pod says why, no container does', () => {
  const evicted = pod({ phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory.' })
  expect(diagnose(evicted)).toEqual({ reason: 'Evicted', message: 'The node was low on memory.', fatal: true })
})

test('being deleted', () => {
  expect(diagnose(pod({ phase: 'Running' }, { deletionTimestamp: '2026-01-01T00:00:00Z' }))?.reason).toBe('Terminating')
})

test.for([
  ["0/1 nodes: 1 node(s) didn't match Pod's node affinity/selector.", 'GC_K8S_NODE_SELECTOR'],
  ['0/1 nodes: 1 node(s) had untolerated taint {agents: yes}.', 'GC_K8S_TOLERATIONS'],
  ['persistentvolumeclaim "work" not found.', 'GC_K8S_WORKSPACE_PVC'],
] as const)('%s: the variable to change is named', ([message, variable]) => {
  const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }
  expect(diagnose(pod({ phase: 'Pending', conditions: [condition] }))?.suggestion).toContain(variable)
})
