import { kubernetesSessionProvider } from '@kubectl-gc/session-provider'
import { ConformanceContext, conformanceCases } from '@kubectl-gc/session-provider/conformance'
import { expect } from 'vitest'
import { environment, run } from './support/run.ts'
import { test as base } from './support/test.ts'

const test = base.extend<{ context: ConformanceContext }>({
  context: [
    async ({ namespace }, use) => {
      await using provider = await kubernetesSessionProvider({ namespace, env: { ...process.env, ...environment } })
      await using context = new ConformanceContext({ provider })
      await use(context)
    },
    { scope: 'file' },
  ],
})

for (const { name, run } of conformanceCases) test.concurrent(name, ({ context }) => run(context))

test.concurrent('gc-session-k8s keeps the protocol, as gc-session-conformance judges', async ({ namespace }) => {
  const args = ['gc-session-k8s', '--output', 'json']
  const { exitCode, stdout, stderr } = await run('gc-session-conformance', args, {
    env: { GC_K8S_NAMESPACE: namespace },
  })
  const { results } = JSON.parse(stdout)
  expect(results.filter(({ verdict }: { verdict: string }) => verdict === 'FAIL')).toEqual([])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
})
