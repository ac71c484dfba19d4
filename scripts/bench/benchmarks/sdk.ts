import { kubernetesSessionProvider } from '@kubectl-gc/session-provider'
import type { Benchmark, Row } from '../benchmark.ts'
import { withSessions } from '../sessions.ts'
import { figures, time } from '../stats.ts'

export const sdk: Benchmark = {
  name: 'sdk',
  about: 'A verb of a program that holds an open session, on its control stream.',
  run: (context) =>
    withSessions(context, ['held'], async () => {
      await using provider = await kubernetesSessionProvider({ namespace: context.namespace, env: context.env })
      const session = await provider.open('held')
      const verbs = { peek: () => session.peek({ lines: 10 }), nudge: () => session.nudge('hello') }
      const rows: Row[] = []
      for (const [name, verb] of Object.entries(verbs)) {
        const times: number[] = []
        for (let call = 0; call < (context.short ? 100 : 1000); call++) times.push(await time(verb))
        const ours = figures(times.slice(times.length / 10))
        rows.push({ what: `SDK: ${name}`, series: { ours }, figure: ours.median, unit: 'ms', bar: 2, aim: 1 })
      }
      return rows
    }),
}
