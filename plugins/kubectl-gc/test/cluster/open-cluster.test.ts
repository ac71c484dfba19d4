import { expect, test } from 'vitest'
import { clientOptions, namespaceOf } from '../../src/cluster/open-cluster.ts'

test.for([
  [{ namespace: 'flag' }, { GC_K8S_NAMESPACE: 'variable' }, 'context', 'flag'],
  [{}, { GC_K8S_NAMESPACE: 'variable' }, 'context', 'variable'],
  [{}, { GC_K8S_NAMESPACE: '' }, 'context', 'context'],
  [{}, {}, undefined, 'gc'],
] as const)('of %j, %j and %j the namespace is %s', ([target, env, ofContext, namespace]) => {
  expect(namespaceOf(target, env, ofContext)).toBe(namespace)
})

test('the context is that of the flag, then of GC_K8S_CONTEXT', () => {
  expect(clientOptions({ context: 'flag' }, { GC_K8S_CONTEXT: 'variable' }).context).toBe('flag')
  expect(clientOptions({}, { GC_K8S_CONTEXT: 'variable' }).context).toBe('variable')
  expect(clientOptions({}, {}).context).toBeUndefined()
})

test('a timeout of 0 is as long as a timer can be', () => {
  expect(clientOptions({ requestTimeout: 0 }, {}).requestTimeout).toBe(2 ** 31 - 1)
  expect(clientOptions({}, {}).requestTimeout).toBeUndefined()
})
