import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type Client, resource } from '@kubectl-gc/kube'
import { agentPod } from '@kubectl-gc/manifests/agent-pod'
import type { Node, Pod } from '@kubectl-gc/manifests/kubernetes'
import { until } from '../lab/until.ts'
import { untilSeen } from './pods.ts'
import { run } from './process.ts'
import { inBatches } from './sessions.ts'

const pods = resource<Pod>('', 'v1', 'pods')
const nodes = resource<Node>('', 'v1', 'nodes', false)
const NODE = 'kwok-bench'
const SELECTOR = 'kwok.x-k8s.io/node=bench'

/** Runs an action while kwok plays a node on which pods run at once, and are nothing but objects. */
export async function withKwok<T>(client: Client, env: NodeJS.ProcessEnv, action: () => Promise<T>): Promise<T> {
  const folder = (await run({ argv: ['node', 'scripts/lab/main.ts', 'programs', 'kwok'] }, env)).trim()
  const args = ['--manage-all-nodes=false', `--manage-nodes-with-annotation-selector=${SELECTOR}`]
  await client.delete(nodes, { name: NODE }) // what a run that was killed has left
  await client.create(nodes, fakeNode())
  const kwok = spawn(join(folder, 'kwok'), [...args, `--kubeconfig=${env.KUBECONFIG}`], { env, stdio: 'ignore' })
  const ended = once(kwok, 'exit')
  const died = ended.then(([code, signal]) => Promise.reject(new Error(`kwok ended: ${signal ?? `exit code ${code}`}`)))
  try {
    return await Promise.race([nodeReady(client).then(action), died])
  } finally {
    died.catch(() => {}) // its end is wanted now
    kwok.kill('SIGKILL')
    await ended
    await client.delete(nodes, { name: NODE })
  }
}

/** Waits until kwok has taken up its node. */
async function nodeReady(client: Client): Promise<void> {
  const isReady = async () => {
    const { status } = await client.get(nodes, { name: NODE })
    return status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') || undefined
  }
  if ((await until(isReady, 30_000)) === undefined) throw new Error('kwok has not made its node Ready within 30 s')
}

/** Creates the pods of sessions `fake-FROM` to `fake-TO`, and waits until all are reported Running. */
export async function fakeSessions(client: Client, namespace: string, from: number, to: number): Promise<void> {
  const names = Array.from({ length: to - from }, (_, index) => `fake-${from + index}`)
  const { resourceVersion } = await client.list(pods, { namespace })
  const missing = new Set(names)
  await inBatches(names, 16, (name) => client.create(pods, fakePod(name, namespace)))
  await untilSeen(client, { namespace, resourceVersion }, `${names.length} simulated pods to run`, ({ object }) => {
    if (object.status?.phase === 'Running') missing.delete(object.metadata?.name ?? '')
    return missing.size === 0
  })
}

function fakePod(name: string, namespace: string): Pod {
  const labels = { app: 'gc-agent', 'gc-session': name, 'gc-agent': name, 'kubectl-gc.dev/supervisor': 'start' }
  const resources = { requests: { cpu: '1m', memory: '1Mi' } }
  const options = { podName: name, namespace, sessionName: name, labels, resources }
  const pod = agentPod({ ...options, image: 'gc-agent:latest', command: 'cat', env: {} })
  return { ...pod, spec: { ...pod.spec, containers: pod.spec?.containers ?? [], nodeName: NODE } }
}

function fakeNode(): Node {
  const room = { cpu: '1000', memory: '1Ti', pods: '10000' }
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: NODE, annotations: { 'kwok.x-k8s.io/node': 'bench' } },
    spec: { taints: [{ key: 'kwok.x-k8s.io/node', value: 'bench', effect: 'NoSchedule' }] },
    status: { allocatable: room, capacity: room },
  }
}
