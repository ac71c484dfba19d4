import { expect, test } from 'vitest'
import { readSettings } from '../../src/kubernetes/settings.ts'

test('defaults', () => {
  expect(readSettings({ env: {} })).toEqual({
    namespace: 'gc',
    image: undefined,
    resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '2', memory: '4Gi' } },
    dolt: { host: 'dolt.gc.svc.cluster.local', port: '3307' },
    serviceAccount: undefined,
  })
})

test('variables, and options before them; an empty variable is absent', () => {
  const env = {
    GC_K8S_NAMESPACE: 'city',
    GC_K8S_IMAGE: 'image:1',
    GC_K8S_CPU_REQUEST: '10m',
    GC_K8S_MEM_REQUEST: '32Mi',
    GC_K8S_CPU_LIMIT: '',
    GC_K8S_DOLT_PORT: '3306',
    GC_K8S_SERVICE_ACCOUNT: 'robot',
  }
  expect(readSettings({ env, image: 'image:2' })).toEqual({
    namespace: 'city',
    image: 'image:2',
    resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '2', memory: '4Gi' } },
    dolt: { host: 'dolt.city.svc.cluster.local', port: '3306' },
    serviceAccount: 'robot',
  })
})

test.for([
  [{ GC_K8S_NAMESPACE: 'Not A Namespace' }, 'is not a namespace'],
  [{ GC_K8S_CPU_LIMIT: 'lots' }, '"lots" is not a quantity'],
  [{ GC_K8S_DOLT_PORT: 'mysql' }, '"mysql" is not a port'],
] as const)('%o is refused', ([env, why]) => {
  expect(() => readSettings({ env })).toThrow(why)
})
