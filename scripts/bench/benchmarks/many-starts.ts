import { type Benchmark, ratio } from '../benchmark.ts'
import { barePod, untilGone, untilReady } from '../pods.ts'
import { run } from '../process.ts'
import { figures, time } from '../stats.ts'

const AGENT = JSON.stringify({ command: 'cat', nudge: 'hello' })

export const manyStarts: Benchmark = {
  name: 'many-starts',
  about: 'Sessions started all at once, until each has taken a nudge, beside as many bare pods until each is Ready.',
  async run({ client, namespace, env, image, executable, short }) {
    const names = Array.from({ length: short ? 8 : 50 }, (_, index) => `many-${index}`)
    const all = (action: (name: string) => Promise<unknown>) => Promise.all(names.map(action))
    const times = { ours: [] as number[], bare: [] as number[] }
    for (let round = 0; round < (short ? 3 : 2); round++) {
      times.bare.push(await time(() => all((name) => untilReady(client, barePod(`bare-${name}`, namespace, image)))))
      await all((name) => untilGone(client, `bare-${name}`, namespace))
      times.ours.push(await time(() => all((name) => run({ argv: [executable, 'start', name], stdin: AGENT }, env))))
      await all((name) => run({ argv: [executable, 'stop', name] }, env))
    }
    const series = { ours: figures(times.ours), 'bare pods': figures(times.bare) }
    return [ratio(`${names.length} starts at once`, series, { bar: 1.3, aim: 1.1 })]
  },
}
