import { type Benchmark, ratio } from '../benchmark.ts'
import { barePod, untilGone, untilReady } from '../pods.ts'
import { run, timed } from '../process.ts'
import { figures, time } from '../stats.ts'

const AGENT = JSON.stringify({ command: 'cat', nudge: 'hello' })

export const start: Benchmark = {
  name: 'start',
  about:
    'A start as a whole process until the session has taken a nudge, and a stop until its name is free, beside a bare pod of the same image and resources: from its POST until a watch says Ready, and from its graceful delete until a watch says gone. Both agents end at once when told to.',
  async run({ client, namespace, env, image, executable, short }) {
    const times = {
      start: [] as number[],
      plugin: [] as number[],
      stop: [] as number[],
      ready: [] as number[],
      gone: [] as number[],
    }
    for (let round = 0; round <= (short ? 2 : 15); round++) {
      const ready = await time(() => untilReady(client, barePod('bare', namespace, image)))
      const gone = await time(() => untilGone(client, 'bare', namespace))
      const started = await timed({ argv: [executable, 'start', 'started'], stdin: AGENT }, env)
      const stopped = await timed({ argv: [executable, 'stop', 'started'] }, env)
      const command = ['kubectl', 'gc', 'start', 'started', '--command', 'cat', '--nudge', 'hello']
      const plugin = await timed({ argv: command }, env)
      await run({ argv: [executable, 'stop', 'started'] }, env)
      if (round === 0) continue // warms the caches of all
      times.start.push(started)
      times.stop.push(stopped)
      times.plugin.push(plugin)
      times.ready.push(ready)
      times.gone.push(gone)
    }
    const bare = { 'bare pod, POST to Ready': figures(times.ready) }
    const deleted = { 'bare pod, graceful delete': figures(times.gone) }
    return [
      ratio('start', { ours: figures(times.start), ...bare }, { bar: 1, aim: 0.75 }),
      ratio('kubectl gc start', { ours: figures(times.plugin), ...bare }, { bar: 1.2, aim: 1 }),
      ratio('stop', { ours: figures(times.stop), ...deleted }, { bar: 1.3, aim: 1.1 }),
    ]
  },
}
