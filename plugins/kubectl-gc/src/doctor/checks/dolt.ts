import { buffer } from 'node:stream/consumers'
import { type Client, type ObjectName, resource } from '@kubectl-gc/kube'
import { doltClient } from '@kubectl-gc/manifests'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { type Check, failed, ok, skipped } from '../check.ts'

const pods = resource<Pod>('', 'v1', 'pods')
const CONTAINER = 'dolt'

const command = [...doltClient, 'sql', '-q', 'SELECT 1']

/** Whether Dolt is there, is ready, and answers a query. */
export const dolt: Check = {
  name: 'dolt',
  async look({ cluster: { client, namespace }, env, signal }) {
    const { GC_K8S_DOLT_HOST: host, GC_K8S_DOLT_PORT: port = '' } = env
    if (host) return skipped(`agents are told of one at ${host}:${port} (GC_K8S_DOLT_HOST)`)
    const { items } = await client.list(pods, { namespace, labelSelector: 'app=dolt', signal })
    const [any] = items
    if (any === undefined)
      return failed(`there is none in namespace ${namespace}`, `kubectl gc install --namespace ${namespace}`)
    const ready = items.find(isReady)
    const name = ready?.metadata?.name ?? any.metadata?.name ?? ''
    const fix = `kubectl --namespace ${namespace} describe pod ${name}`
    if (ready === undefined)
      return failed(`pod ${name} is not ready: ${any.status?.phase ?? 'nobody has seen it'}`, fix)
    const begun = performance.now()
    const complaint = await ask(client, { name, namespace }, signal)
    if (complaint !== undefined) return failed(`pod ${name} does not answer a query: ${complaint}`, fix)
    return ok(`pod ${name} answers in ${Math.round(performance.now() - begun)} ms`)
  },
}

function isReady({ metadata, status }: Pod): boolean {
  const ready = status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True')
  return metadata?.deletionTimestamp === undefined && ready === true
}

/** What the query complained of; undefined when it was answered. */
async function ask(client: Client, pod: ObjectName, signal: AbortSignal): Promise<string | undefined> {
  const stream = await client.exec(pod, { command, container: CONTAINER, signal })
  try {
    const [exitCode, stderr] = await Promise.all([stream.exit, buffer(stream.stderr), buffer(stream.stdout)])
    if (exitCode === 0) return undefined
    return stderr.toString().trim().split('\n').at(-1) || `exit code ${exitCode}`
  } finally {
    stream.close()
  }
}
