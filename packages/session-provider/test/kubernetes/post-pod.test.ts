import { ApiError, type Client } from '@kubectl-gc/kube'
import { expect, test } from 'vitest'
import { postPod } from '../../src/kubernetes/post-pod.ts'

const pod = { metadata: { name: 'mayor' } }

/** What the API server of 1.34 says while the controller has not been there yet. */
const missing = (account: string) =>
  new ApiError({
    ...{ kind: 'Status', status: 'Failure', code: 403, reason: 'Forbidden' },
    message: `pods "mayor" is forbidden: error looking up service account team/${account}: serviceaccount "${account}" not found`,
  })

/** A client whose first creations are refused. */
function refusing(...refusals: Error[]) {
  let calls = 0
  const create = async (_: unknown, object: unknown) => {
    calls += 1
    const refusal = refusals.shift()
    if (refusal !== undefined) throw refusal
    return object
  }
  return { client: { create: create as Client['create'] }, calls: () => calls }
}

test('a new namespace is waited for until it has its ServiceAccount', async () => {
  const { client, calls } = refusing(missing('default'), missing('default'))
  expect(await postPod(client, pod)).toBe(pod)
  expect(calls()).toBe(3)
})

test('a ServiceAccount that somebody named and nobody made is told at once', async () => {
  const refusal = missing('robot')
  const { client, calls } = refusing(refusal)
  await expect(postPod(client, pod)).rejects.toBe(refusal)
  expect(calls()).toBe(1)
})

test('one that does not come is told in the end, and an abort ends the wait', async () => {
  const forever = refusing(...Array.from({ length: 100 }, () => missing('default')))
  await expect(postPod(forever.client, pod, { timeout: 120 })).rejects.toThrow('not found')
  expect(forever.calls()).toBeGreaterThan(1)
  const aborted = refusing(missing('default'))
  await expect(postPod(aborted.client, pod, { signal: AbortSignal.abort() })).rejects.toThrow('not found')
  expect(aborted.calls()).toBe(1)
})
