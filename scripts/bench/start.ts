import { execFile } from 'node:child_process'
import { parseArgs, promisify } from 'node:util'
import { createClient } from '@kubectl-gc/kube'
import { barePod, inNamespace, untilGone, untilReady } from './pods.ts'
import { figures, table, time } from './stats.ts'

/**
 * How long `kubectl gc start` takes, as a whole process, until the session has taken a nudge, beside a bare pod of the
 * same image and resources from its POST until a watch says Ready: in turn, in one run.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    image: { type: 'string', default: 'gc-agent:latest' },
    'at-most': { type: 'string' },
  },
})
const run = promisify(execFile)
const namespace = `bench-${Date.now().toString(36)}`
const env = { ...process.env, GC_K8S_NAMESPACE: namespace, GC_K8S_CPU_REQUEST: '10m', GC_K8S_MEM_REQUEST: '32Mi' }
await using client = await createClient()

const times = await inNamespace(client, namespace, async () => {
  const bare: number[] = []
  const ours: number[] = []
  for (let round = 0; round <= Number(values.rounds); round++) {
    const pod = await time(() => untilReady(client, barePod('bare', namespace, values.image)))
    await untilGone(client, 'bare', namespace)
    const start = ['gc', 'start', 'session', '--image', values.image, '--command', 'cat', '--nudge', 'hello']
    const session = await time(() => run('kubectl', start, { env }))
    await run('kubectl', ['gc', 'stop', 'session'], { env })
    if (round === 0) continue // warms the caches of both
    bare.push(pod)
    ours.push(session)
  }
  return { bare: figures(bare), ours: figures(ours) }
})

const ratio = times.ours.median / times.bare.median
console.log(
  table({ 'bare pod, POST to Ready on a watch': times.bare, 'kubectl gc start, until the nudge is taken': times.ours }),
)
console.log(`\nratio of the medians: ${ratio.toFixed(2)}`)
if (values['at-most'] !== undefined && ratio > Number(values['at-most'])) process.exitCode = 1
