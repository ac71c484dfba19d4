import { type Benchmark, type Context, type Row, ratio } from '../benchmark.ts'
import { brokerMemory } from '../broker.ts'
import { fakeSessions, withKwok } from '../kwok.ts'
import { timed } from '../process.ts'
import { withSessions } from '../sessions.ts'
import { figures } from '../stats.ts'

export const scale: Benchmark = {
  name: 'scale',
  about:
    'list-running as the sessions of a namespace grow, in simulated pods on the real API server, and the memory of the broker that watches them.',
  run: (context) => withKwok(context.client, context.env, () => measure(context)),
}

async function measure(context: Context): Promise<Row[]> {
  const { client, namespace, short } = context
  await fakeSessions(client, namespace, 0, 10)
  const ten = figures(await lists(context))
  const rows: Row[] = []
  let there = 10
  for (const sessions of short ? [100] : [100, 1000, 5000]) {
    await fakeSessions(client, namespace, there, sessions)
    there = sessions
    const series = { ours: figures(await lists(context)), 'of 10 sessions': ten }
    rows.push(ratio(`list-running, ${sessions} sessions`, series, { bar: 2, aim: 1.2 }))
    rows.push(await memory(context, `${sessions} sessions watched`))
    if (sessions === 1000) {
      const held = Array.from({ length: 50 }, (_, index) => `held-${index}`)
      rows.push(await withSessions(context, held, () => memory(context, '1000 sessions watched, 50 streams')))
    }
  }
  return rows
}

async function memory({ env }: Context, where: string): Promise<Row> {
  const ours = figures([await brokerMemory(env)])
  return { what: `broker memory, ${where}`, series: { ours }, figure: ours.median, unit: 'MB', bar: 150, aim: 100 }
}

async function lists({ env, executable, short }: Context): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round <= (short ? 5 : 30); round++) {
    const took = await timed({ argv: [executable, 'list-running', ''] }, env)
    if (round > 0) times.push(took)
  }
  return times
}
