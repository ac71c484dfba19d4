import { expect, test } from 'vitest'
import { stuckReason } from '../../../src/apply/ready/stuck-pod.ts'
import type { ContainerStatus, Pod } from '../../../src/apply/types.ts'

const container = (status: Partial<ContainerStatus>): Pod => ({
  status: { containerStatuses: [{ name: 'c', image: 'i:1', ...status }] },
})
const waiting = (reason: string, message?: string) => ({ state: { waiting: { reason, ...(message && { message }) } } })
const ended = (exitCode: number, reason?: string) => ({ terminated: { exitCode, ...(reason && { reason }) } })

test.for<[Pod, string | undefined]>([
  [container(waiting('ErrImagePull', 'no such image')), 'image i:1 cannot be pulled: ErrImagePull: no such image'],
  [container(waiting('InvalidImageName')), 'image i:1 cannot be pulled: InvalidImageName'],
  [
    container(waiting('CreateContainerConfigError', 'secret "s" not found')),
    'container c cannot start: CreateContainerConfigError: secret "s" not found',
  ],
  [
    container({ ...waiting('CrashLoopBackOff'), lastState: ended(137, 'OOMKilled'), restartCount: 2 }),
    'container c keeps ending, with exit code 137 (OOMKilled)',
  ],
  [container({ state: ended(3, 'Error') }), 'container c ended, with exit code 3'],
  [container({ state: ended(0, 'Completed') }), undefined],
  [container(waiting('ContainerCreating')), undefined],
  [container({ state: { running: {} }, ready: false }), 'container c runs, and is not ready'],
  [container({ state: { running: {} }, ready: true }), undefined],
  [
    { status: { conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'no cpu' }] } },
    'no node can take it: Unschedulable: no cpu',
  ],
  [{ status: { phase: 'Failed', reason: 'Evicted', message: 'disk' } }, 'it failed: Evicted: disk'],
  [{}, undefined],
])('%j', ([pod, why]) => {
  expect(stuckReason(pod)?.why).toBe(why)
})

test('the log that tells more is that of the container that ended', () => {
  const crashing = container({ ...waiting('CrashLoopBackOff'), lastState: ended(1), restartCount: 1 })
  expect(stuckReason(crashing)).toMatchObject({ container: 'c', previous: true })
  expect(stuckReason(container({ state: ended(1) }))).toMatchObject({ container: 'c' })
})

test('an init container is told of before the others', () => {
  const pod = container(waiting('PodInitializing'))
  const initContainerStatuses = [{ name: 'init', image: 'x', ...waiting('ImagePullBackOff') }]
  expect(stuckReason({ status: { ...pod.status, initContainerStatuses } })?.why).toContain('image x')
})
