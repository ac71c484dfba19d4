import { once } from 'node:events'
import type { Client } from '@kubectl-gc/kube'
import { agentPod } from '@kubectl-gc/manifests/agent-pod'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { type Benchmark, ratio } from '../benchmark.ts'
import { barePod, untilGone, untilReady } from '../pods.ts'
import { run } from '../process.ts'
import { figures, time } from '../stats.ts'

const AGENT = JSON.stringify({ command: 'cat', nudge: 'hello' })
const WORK =
  'the processors are the limit: a pod with tmux in it, and one exec to reach that, take the time of the third series, before any verb has run'

export const manyStarts: Benchmark = {
  name: 'many-starts',
  about:
    'Sessions started all at once, until each has taken a nudge, beside as many bare pods until each is Ready, and beside the pods of as many sessions, each made and reached by one exec from one process.',
  async run({ client, namespace, env, image, executable, short }) {
    const names = Array.from({ length: short ? 8 : 50 }, (_, index) => `many-${index}`)
    const all = (action: (name: string) => Promise<unknown>) => Promise.all(names.map(action))
    const times = { ours: [] as number[], bare: [] as number[], reached: [] as number[] }
    for (let round = 0; round < (short ? 2 : 3); round++) {
      times.bare.push(await time(() => all((name) => untilReady(client, barePod(name, namespace, image)))))
      await all((name) => untilGone(client, name, namespace))
      times.ours.push(await time(() => all((name) => run({ argv: [executable, 'start', name], stdin: AGENT }, env))))
      await all((name) => run({ argv: [executable, 'stop', name] }, env))
      if (short) continue
      times.reached.push(await time(() => all((name) => untilReached(client, sessionPod(name, namespace, image)))))
      await all((name) => untilGone(client, name, namespace))
    }
    const series = { ours: figures(times.ours), 'bare pods': figures(times.bare) }
    const what = `${names.length} starts at once`
    const bars = { bar: 1.3, aim: 1.1 }
    if (short) return [ratio(what, series, bars)]
    const floor = { 'pods of sessions, reached by exec': figures(times.reached) }
    return [{ ...ratio(what, { ...series, ...floor }, bars), knownMiss: WORK }]
  },
}

function sessionPod(name: string, namespace: string, image: string): Pod {
  const resources = { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '2', memory: '4Gi' } }
  const options = { podName: name, sessionName: name, namespace, image, resources, labels: {}, env: {} }
  return agentPod({ ...options, command: 'cat' })
}

/** Creates a session's pod, and once it is Ready runs a control client in it until that is greeted. */
async function untilReached(client: Client, pod: Pod): Promise<void> {
  await untilReady(client, pod)
  const command = ['tmux', '-C', 'attach-session', '-t', '=gc-control']
  const { name = '', namespace } = pod.metadata ?? {}
  const stream = await client.exec({ name, namespace }, { command, container: 'agent', stdin: true })
  await once(stream.stdout, 'data')
  stream.close()
}
