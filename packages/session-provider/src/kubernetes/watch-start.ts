import { resource } from '@kubectl-gc/kube'
import type { Event, Pod } from '@kubectl-gc/manifests/kubernetes'
import { SessionStartFailed } from '../errors.ts'
import { type Cluster, nameOf, pods } from './cluster.ts'
import { type Diagnosis, diagnose } from './diagnosis.ts'
import { CONTAINER } from './labels.ts'

/** Milliseconds that an unschedulable pod is given: what a stopped session held is free by then. */
const UNSCHEDULABLE_GRACE = 3000

const LAST_LINES = 30
const events = resource<Event>('', 'v1', 'events')

/** Watches a pod that is coming up. */
export interface StartWatch {
  /** Aborts once Kubernetes says that the agent's container runs. */
  running: AbortSignal
  /** Rejects as soon as Kubernetes says that the session will not run; never resolves. */
  promise: Promise<never>
  /** The error for a start that took too long. @param step what it was at */
  explainTimeout(milliseconds: number, step: string): Promise<SessionStartFailed>
}

export function watchStart(cluster: Cluster, session: string, created: Pod, signal: AbortSignal): StartWatch {
  let latest = created
  const running = new AbortController()
  const watch = async (): Promise<never> => {
    let unschedulable: NodeJS.Timeout | undefined
    const verdict = new AbortController()
    let diagnosis: Diagnosis | undefined
    try {
      for await (const pod of changes(cluster, created, AbortSignal.any([signal, verdict.signal]))) {
        if (pod !== undefined) latest = pod
        if (runs(latest)) running.abort()
        diagnosis = pod === undefined ? deleted : diagnose(pod)
        if (diagnosis?.fatal === true) break
        clearTimeout(unschedulable)
        if (diagnosis !== undefined) unschedulable = setTimeout(() => verdict.abort(), UNSCHEDULABLE_GRACE)
      }
    } catch (error) {
      if (!verdict.signal.aborted) throw error
    } finally {
      clearTimeout(unschedulable)
    }
    throw await toError(cluster, session, latest, diagnosis ?? deleted)
  }
  return {
    running: running.signal,
    promise: watch(),
    async explainTimeout(milliseconds, step) {
      const why = await lastWarning(cluster, latest)
      const message = `it was not up after ${milliseconds / 1000} s, ${step}${why === '' ? '' : `: ${why}`}`
      return new SessionStartFailed(session, 'Timeout', message, {
        suggestion: 'look at the cluster: kubectl get events',
      })
    },
  }
}

function runs({ status }: Pod): boolean {
  return status?.containerStatuses?.find(({ name }) => name === CONTAINER)?.state?.running !== undefined
}

const deleted: Diagnosis = { reason: 'Deleted', message: 'somebody deleted its pod', fatal: true }

/** The pod at each change; undefined once it is gone. */
async function* changes({ client }: Cluster, pod: Pod, signal: AbortSignal): AsyncGenerator<Pod | undefined> {
  const { name, namespace } = nameOf(pod)
  const fieldSelector = `metadata.name=${name}`
  const resourceVersion = pod.metadata?.resourceVersion
  for await (const event of client.watch(pods, { namespace, fieldSelector, resourceVersion, signal })) {
    if (event.object.metadata?.uid === pod.metadata?.uid) yield event.type === 'DELETED' ? undefined : event.object
  }
}

async function toError(cluster: Cluster, session: string, pod: Pod, diagnosis: Diagnosis): Promise<SessionStartFailed> {
  const output = diagnosis.exitCode === undefined ? '' : await lastOutput(cluster, pod)
  const suggestion = diagnosis.suggestion ?? suggestions[diagnosis.reason] ?? tryByHand(session, pod, output)
  return new SessionStartFailed(session, diagnosis.reason, diagnosis.message, { output, suggestion })
}

/** What the user can do about an agent that ends. */
function tryByHand(session: string, pod: Pod, output: string): string {
  const image = pod.spec?.containers[0]?.image
  if (output.includes('gc-supervisor: this image has no tmux')) return 'build the image with tmux in it, and with sh'
  const start = `kubectl gc start ${session} --namespace ${nameOf(pod).namespace} --image ${image} --command sh`
  return `start a shell in its place, and try the command there: ${start}`
}

const image =
  "pass another with --image; these are on the nodes: kubectl get nodes -o jsonpath='{.items[*].status.images[*].names}'"
const suggestions: Record<string, string> = {
  ErrImagePull: image,
  ImagePullBackOff: image,
  InvalidImageName: image,
  ErrImageNeverPull: image,
  Unschedulable: 'ask for less (--cpu-request, --memory-request), or add a node',
  Deleted: 'start it again',
  Terminating: 'start it again',
  OOMKilled: 'give it more memory: --memory-limit',
  Evicted: 'start it again, or ask for more: --memory-request',
}

async function lastOutput({ client }: Cluster, pod: Pod): Promise<string> {
  const chunks: Uint8Array[] = []
  try {
    const logs = client.logs(nameOf(pod), {
      container: CONTAINER,
      tailLines: LAST_LINES,
      signal: AbortSignal.timeout(3000),
    })
    for await (const chunk of logs) chunks.push(chunk)
  } catch {
    // A pod that never ran has no log; the diagnosis stands without it.
  }
  return Buffer.concat(chunks).toString().replaceAll('\r\n', '\n')
}

async function lastWarning({ client }: Cluster, pod: Pod): Promise<string> {
  const { name, namespace } = nameOf(pod)
  const fieldSelector = `involvedObject.name=${name},type=Warning`
  try {
    const { items } = await client.list(events, { namespace, fieldSelector, timeout: 3000 })
    const last = items.at(-1)
    return last === undefined ? '' : `${last.reason}: ${last.message}`
  } catch {
    return ''
  }
}
