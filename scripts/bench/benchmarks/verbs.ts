import { type Benchmark, type Context, type Row, ratio } from '../benchmark.ts'
import { type Command, kubectlFloor, timed } from '../process.ts'
import { withSessions } from '../sessions.ts'
import { figures } from '../stats.ts'

const SESSION = 'bench'
const CPU =
  'a verb takes about 9 ms of processor time and an empty program 4; eight of them on two cores wait for each other, and for the cluster on the same cores'

/** The session verbs, as gc calls them. */
export function verbCommands(executable: string): Record<string, Command> {
  const verb = (name: string, args: string[] = [], stdin?: string) => ({
    argv: [executable, name, SESSION, ...args],
    stdin,
  })
  return {
    'is-running': verb('is-running'),
    peek: verb('peek', ['50']),
    nudge: verb('nudge', [], 'hello'),
    'send-keys': verb('send-keys', ['Enter']),
    'set-meta': verb('set-meta', ['KEY'], 'value'),
    'get-meta': verb('get-meta', ['KEY']),
    'get-last-activity': verb('get-last-activity'),
    'is-attached': verb('is-attached'),
    'process-alive': verb('process-alive', [], 'cat'),
  }
}

export const verbs: Benchmark = {
  name: 'verbs',
  about:
    'One session verb as a whole process with a warm broker, beside the two kubectl calls that any script must make.',
  run: (context) => withSessions(context, [SESSION], () => measure(context)),
}

async function measure(context: Context): Promise<Row[]> {
  const { env, executable, peer, short } = context
  const rounds = short ? 5 : 40
  const ours = verbCommands(executable)
  const theirs = peer === undefined ? {} : verbCommands(peer)
  for (const command of Object.values(ours)) await timed(command, env)
  const rows: Row[] = []
  for (const [name, command] of Object.entries(ours)) {
    const times = { ours: [] as number[], floor: [] as number[], peer: [] as number[] }
    const other = theirs[name]
    for (let round = 0; round < rounds; round++) {
      times.ours.push(await timed(command, env))
      times.floor.push(await kubectlFloor(SESSION, env))
      if (other !== undefined) times.peer.push(await timed(other, env))
    }
    const series = { ours: figures(times.ours), 'kubectl floor': figures(times.floor) }
    const beside = other === undefined ? series : { ...series, peer: figures(times.peer) }
    rows.push(ratio(name, beside, { bar: 1 / 5, aim: 1 / 10 }))
  }
  return [...rows, await inSequence(context), await eightAtATime(context)]
}

async function inSequence({ env, executable, short }: Context): Promise<Row> {
  const commands = Object.values(verbCommands(executable))
  const times: number[] = []
  for (let call = 0; call < (short ? 100 : 1000); call++) {
    times.push(await timed(commands[call % commands.length] as Command, env))
  }
  const series = { ours: figures(times) }
  return { what: 'all of these in turn, p99', series, figure: series.ours.p99, unit: 'ms', bar: 50, aim: 30 }
}

async function eightAtATime({ env, executable, empty, short }: Context): Promise<Row> {
  const commands = Object.values(verbCommands(executable))
  const times = { ours: [] as number[], empty: [] as number[] }
  for (let batch = 0; batch < (short ? 20 : 60); batch++) {
    const eight = Array.from({ length: 8 }, (_, index) => commands[(batch + index) % commands.length] as Command)
    times.ours.push(...(await Promise.all(eight.map((command) => timed(command, env)))))
    times.empty.push(...(await Promise.all(eight.map(() => timed({ argv: empty }, env)))))
  }
  const series = { ours: figures(times.ours), 'an empty program of the runtime': figures(times.empty) }
  const p99 = series.ours.p99 / series['an empty program of the runtime'].p99
  return { what: 'eight at a time, p99', series, figure: p99, unit: 'times', bar: 1.5, aim: 1.2, knownMiss: CPU }
}
