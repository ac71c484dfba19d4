import { expect } from 'vitest'
import { run } from './support/run.ts'
import { test } from './support/test.ts'

test('gc-session-k8s keeps the protocol, as gc-session-conformance judges', { timeout: 300_000 }, async ({
  namespace,
}) => {
  const args = ['gc-session-k8s', '--output', 'json']
  const env = { GC_K8S_NAMESPACE: namespace }
  const { exitCode, stdout, stderr } = await run('gc-session-conformance', args, { env })
  const { results } = JSON.parse(stdout)
  expect(results.filter(({ verdict }: { verdict: string }) => verdict === 'FAIL')).toEqual([])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
})
