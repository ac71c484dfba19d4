import { expect, test } from 'vitest'
import { podsReady } from '../ready.ts'

const names = [
  'coredns-1',
  'etcd-n',
  'kube-apiserver-n',
  'kube-controller-manager-n',
  'kube-proxy-1',
  'kube-scheduler-n',
]
const crash = Date.parse('2026-01-02T03:04:05.678Z')

function pods(startedAt = '2026-01-02T03:04:05Z', ready = true) {
  return [...names, 'local-path-provisioner-1'].map((name) => ({
    metadata: { name, namespace: 'kube-system' },
    status: { containerStatuses: [{ name, ready, state: { running: { startedAt } } }] },
  }))
}

test('a cluster is ready when every system container started since the crash', () => {
  expect(podsReady(pods(), crash)).toBe(true)
})

test('what ran before the crash does not count', () => {
  expect(podsReady(pods('2026-01-02T03:04:04Z'), crash)).toBe(false)
})

test('a container that runs but is not ready does not count', () => {
  expect(podsReady(pods(undefined, false), crash)).toBe(false)
})

test('a pod that is not there yet does not count', () => {
  expect(podsReady(pods().slice(1), crash)).toBe(false)
})
