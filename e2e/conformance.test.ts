import { kubernetesSessionProvider } from '@kubectl-gc/session-provider'
import { ConformanceContext, conformanceCases } from '@kubectl-gc/session-provider/conformance'
import { environment } from './support/run.ts'
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
