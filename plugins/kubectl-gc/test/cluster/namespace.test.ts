import { ApiError } from '@kubectl-gc/kube'
import { expect, test } from 'vitest'
import { namespaceExists } from '../../src/cluster/namespace.ts'

const { signal } = new AbortController()
const asked = (answer: Error | object) =>
  namespaceExists(
    { get: (async () => (answer instanceof Error ? Promise.reject(answer) : answer)) as never },
    'gc',
    signal,
  )
const refusal = (code: number, reason: string) => new ApiError({ code, reason, message: 'no' })

test('a namespace is there, or is not, as the API server says', async () => {
  expect(await asked({ metadata: { name: 'gc' } })).toBe(true)
  expect(await asked(refusal(404, 'NotFound'))).toBe(false)
})

test('a namespace that one may not look at is taken to be there', async () => {
  expect(await asked(refusal(403, 'Forbidden'))).toBe(true)
})

test('an API server that does not say is an error', async () => {
  const failure = refusal(503, 'ServiceUnavailable')
  await expect(asked(failure)).rejects.toBe(failure)
})
