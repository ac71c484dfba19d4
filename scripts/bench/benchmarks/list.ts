import { type Benchmark, ratio } from '../benchmark.ts'
import { timed } from '../process.ts'
import { withSessions } from '../sessions.ts'
import { figures } from '../stats.ts'

const TEN = Array.from({ length: 10 }, (_, index) => `listed-${index}`)

export const list: Benchmark = {
  name: 'list',
  about: 'Ten sessions listed by gc-session-k8s and by kubectl-gc, beside kubectl get pods.',
  run: (context) =>
    withSessions(context, TEN, async () => {
      const { env, executable, plugin: program, namespace, short } = context
      const times = { running: [] as number[], plugin: [] as number[], kubectl: [] as number[] }
      for (let round = 0; round <= (short ? 5 : 40); round++) {
        const running = await timed({ argv: [executable, 'list-running', ''] }, env)
        const plugin = await timed({ argv: [program, 'list'] }, env)
        const kubectl = await timed({ argv: ['kubectl', 'get', 'pods', '-n', namespace] }, env)
        if (round === 0) continue
        times.running.push(running)
        times.plugin.push(plugin)
        times.kubectl.push(kubectl)
      }
      const floor = { 'kubectl get pods': figures(times.kubectl) }
      return [
        ratio('list-running, 10 sessions', { ours: figures(times.running), ...floor }, { bar: 1 / 2, aim: 1 / 3 }),
        ratio('kubectl-gc list, 10 sessions', { ours: figures(times.plugin), ...floor }, { bar: 1.2, aim: 0.8 }),
      ]
    }),
}
