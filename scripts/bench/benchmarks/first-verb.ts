import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Benchmark, ratio } from '../benchmark.ts'
import { stopBroker } from '../broker.ts'
import { kubectlFloor, timed } from '../process.ts'
import { withSessions } from '../sessions.ts'
import { figures } from '../stats.ts'

export const firstVerb: Benchmark = {
  name: 'first-verb',
  about:
    'A verb where no broker runs yet, which goes directly and leaves a broker behind, beside the same two kubectl calls.',
  run: (context) =>
    withSessions(context, ['first'], async () => {
      const times = { ours: [] as number[], floor: [] as number[] }
      for (let round = 0; round < (context.short ? 3 : 20); round++) {
        const folder = await mkdtemp(join(tmpdir(), 'gc-bench-'))
        const env = { ...context.env, XDG_RUNTIME_DIR: folder }
        times.ours.push(await timed({ argv: [context.executable, 'peek', 'first', '10'] }, env))
        await stopBroker(env)
        await rm(folder, { recursive: true })
        times.floor.push(await kubectlFloor('first', context.env))
      }
      const series = { ours: figures(times.ours), 'kubectl floor': figures(times.floor) }
      return [ratio('first verb, no broker', series, { bar: 1, aim: 1 / 2 })]
    }),
}
