import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { isApiError, isKubeError } from '@kubectl-gc/kube'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { abortable, DeadlineExceeded } from '../deadline.ts'
import { isSessionError, SessionStartFailed } from '../errors.ts'
import type { StartConfig } from '../provider.ts'
import { Session } from '../session.ts'
import { afterLaunch } from '../starting/after-launch.ts'
import { runAsAgent } from '../starting/as-agent.ts'
import { endedSession } from '../starting/ended-session.ts'
import { furnish } from '../starting/furnish.ts'
import { isEmpty, type StagingPlan } from '../starting/plan.ts'
import type { PodPaths } from '../starting/pod-paths.ts'
import { setUp } from '../starting/set-up.ts'
import { connect } from '../tmux/connect.ts'
import type { Transport } from '../tmux/transport.ts'
import { listProcessesCommand, namesIn } from '../verbs/process-alive.ts'
import { type Cluster, nameOf, pods } from './cluster.ts'
import { SUPERVISOR_LABEL } from './labels.ts'
import { metaCopy } from './meta-copy.ts'
import type { Mode } from './pod.ts'
import { podTransport } from './pod-stream.ts'
import { attachEarly, liveAgent, stagedAgent } from './reach-agent.ts'
import { type StartWatch, watchStart } from './watch-start.ts'

/**
 * Milliseconds that the kubelet's word is waited for: where the stream to the agent has ended, as with its container, and
 * where the API server has refused a request.
 */
const VERDICT = { ended: 10_000, refused: 3000 }

/** One start, past its pod's creation. */
export interface Start {
  name: string
  /** `provision`: the agent is not launched, and what comes after its launch is left out. */
  mode: Mode
  config: StartConfig
  paths: PodPaths
  plan: StagingPlan
  onProgress: (step: string) => void
  onWarning: (warning: string) => void
}

/** The first of two: all is done that belongs to a start, or Kubernetes says that it will not be. */
export async function bringUp(cluster: Cluster, pod: Pod, start: Start, signal: AbortSignal): Promise<Session> {
  const settled = new AbortController()
  const either = AbortSignal.any([signal, settled.signal])
  let step = ''
  const onProgress = (next: string) => {
    step = next
    start.onProgress(next)
  }
  onProgress('waiting for the session to take input')
  const watch = watchStart(cluster, start.name, pod, either)
  const take = start.mode === 'start' ? takeSteps : provision
  const steps = take(cluster, pod, { ...start, onProgress, running: watch.running }, either)
  try {
    return await abortable(Promise.race([steps, watch.promise]), signal)
  } catch (error) {
    steps.then(
      (session) => session.close(),
      () => {},
    )
    if (signal.reason instanceof DeadlineExceeded) {
      throw await watch.explainTimeout(cluster.settings.timeouts.start, step)
    }
    signal.throwIfAborted()
    const verdict = mayBeTheEnd(error) ? await verdictOr(error, watch, signal) : error
    if (start.config.lifecycle === 'one_shot' && isSuccess(verdict)) return endedSession(start.name)
    throw verdict
  } finally {
    settled.abort()
    watch.promise.catch(() => {})
    steps.catch(() => {})
  }
}

/** A start whose pod is watched. */
type Watched = Start & Pick<StartWatch, 'running'>

async function takeSteps(cluster: Cluster, pod: Pod, start: Watched, signal: AbortSignal): Promise<Session> {
  const { name, config, paths, plan, onProgress, onWarning } = start
  const transport = podTransport(cluster, pod)
  const staged = !isEmpty(plan)
  const tmux = await (staged ? stagedAgent : liveAgent)(cluster, transport, { ...start, signal })
  try {
    const session = new Session(name, tmux, metaCopy(cluster, pod))
    const relabelled = staged ? relabel(cluster, pod, signal) : undefined
    const processes = () => processesIn(transport, signal)
    const place = nameOf(pod).name
    await afterLaunch(session, { transport, config, paths, place, processes, onProgress, onWarning, signal })
    await relabelled
    return session
  } catch (error) {
    tmux.close()
    throw error
  }
}

async function processesIn(transport: Transport, signal: AbortSignal): Promise<string[]> {
  const separator = randomUUID()
  const stream = await transport(listProcessesCommand(separator), { signal, stdin: false })
  stream.stderr.resume()
  const listing = text(stream.stdout)
  listing.catch(() => {}) // why it was cut is told by the exit
  await stream.exit
  return namesIn(await listing, separator)
}

/** Shell text that holds once the supervisor has made its tmux server. */
const PROVISIONED = '[ "$(tmux -u show-options -sv exit-empty 2>/dev/null)" = off ]'

/** All that belongs to a start but the agent and what is said to it. */
async function provision(cluster: Cluster, pod: Pod, start: Watched, signal: AbortSignal): Promise<Session> {
  const { name, config, paths, running, onWarning } = start
  const transport = podTransport(cluster, pod)
  const tmux = await attachEarly(() => connect(transport, signal, PROVISIONED), { running, signal })
  try {
    await runAsAgent(transport, ':', { directory: paths.workDir, signal })
    await furnish(transport, { ...start, signal })
    await setUp(transport, config, { paths, pod: nameOf(pod).name, onWarning, signal })
    return new Session(name, tmux, metaCopy(cluster, pod))
  } catch (error) {
    tmux.close()
    throw error
  }
}

/** From now on the pod's phase tells of `main`. Without this, tmux is asked. */
async function relabel({ client }: Cluster, pod: Pod, signal: AbortSignal): Promise<void> {
  const patch = { metadata: { labels: { [SUPERVISOR_LABEL]: 'start' } } }
  await client.patch(pods, nameOf(pod), patch, { signal }).catch(() => {})
}

/** Whether the error is what the end of the container looks like from here. */
function mayBeTheEnd(error: unknown): boolean {
  if (isKubeError(error)) return true
  if (!isSessionError(error)) return false
  return isKubeError(error.cause) || /^(OutcomeUnknown|StreamClosed|NoMainSession|TmuxError)$/.test(error.name)
}

async function verdictOr(error: unknown, watch: StartWatch, signal: AbortSignal): Promise<unknown> {
  const patience = isApiError(error) ? VERDICT.refused : VERDICT.ended
  const late = setTimeout(patience, undefined, { signal }).then(() => error)
  return Promise.race([watch.promise, late]).catch((verdict) => verdict)
}

function isSuccess(error: unknown): boolean {
  return error instanceof SessionStartFailed && error.reason === 'Completed'
}
