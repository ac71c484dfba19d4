import { setTimeout } from 'node:timers/promises'
import { isApiError, isKubeError } from '@kubectl-gc/kube'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { abortable, DeadlineExceeded } from '../deadline.ts'
import { isSessionError, SessionStartFailed } from '../errors.ts'
import type { StartConfig } from '../provider.ts'
import { Session } from '../session.ts'
import { connect } from '../tmux/connect.ts'
import { OneShotClient } from '../tmux/one-shot-client.ts'
import type { Tmux } from '../tmux/tmux.ts'
import { awaitPrompt } from '../verbs/await-prompt.ts'
import { runAsAgent } from './as-agent.ts'
import { type Cluster, nameOf, pods } from './cluster.ts'
import { endedSession } from './ended-session.ts'
import { SUPERVISOR_LABEL } from './labels.ts'
import type { Mode } from './pod.ts'
import type { PodPaths } from './pod-paths.ts'
import { podTransport } from './pod-stream.ts'
import { setUp } from './set-up.ts'
import { isEmpty, type StagingPlan } from './staging/plan.ts'
import { furnish, STAGING_CONDITION, stage } from './staging/stage.ts'
import { type FailureWatch, watchForFailure } from './start-failure.ts'

/** Milliseconds that the kubelet's word on a container that has ended is waited for. */
const VERDICT = 3000

/** Milliseconds to wait for an agent's prompt, of which it may show the same screen for some. */
const PROMPT_PATIENCE = { longest: 30_000, still: 10_000 }

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
  const failure = watchForFailure(cluster, start.name, pod, either)
  const take = start.mode === 'start' ? takeSteps : provision
  const steps = take(cluster, pod, { ...start, onProgress }, either)
  try {
    return await abortable(Promise.race([steps, failure.promise]), signal)
  } catch (error) {
    steps.then(
      (session) => session.close(),
      () => {},
    )
    if (signal.reason instanceof DeadlineExceeded) {
      throw await failure.explainTimeout(cluster.settings.timeouts.start, step)
    }
    signal.throwIfAborted()
    const verdict = mayBeTheEnd(error) ? await verdictOr(error, failure, signal) : error
    if (start.config.lifecycle === 'one_shot' && isSuccess(verdict)) return endedSession(start.name)
    throw verdict
  } finally {
    settled.abort()
    failure.promise.catch(() => {})
    steps.catch(() => {})
  }
}

async function takeSteps(cluster: Cluster, pod: Pod, start: Start, signal: AbortSignal): Promise<Session> {
  const { name, config, paths, plan, onProgress, onWarning } = start
  const transport = podTransport(cluster, pod)
  const staged = !isEmpty(plan)
  const reach = async () => {
    await new OneShotClient(transport, signal).run('has-session -t =main')
    return new OneShotClient(transport, undefined)
  }
  const open = () => connect(transport, signal, staged ? STAGING_CONDITION : undefined)
  const stager = staged ? await attachEarly(open, signal) : undefined
  const tmux = stager ?? (await attachEarly<Tmux>(cluster.keepStreams ? open : reach, signal))
  try {
    const session = stager ? await stage(stager, transport, { ...start, signal }) : new Session(name, tmux)
    const relabelled = staged ? relabel(cluster, pod, signal) : undefined
    if (config.readyPromptPrefix !== undefined) {
      onProgress("waiting for the agent's prompt")
      const came = await awaitPrompt(session, config.readyPromptPrefix, PROMPT_PATIENCE, signal)
      if (!came) onWarning(`ready_prompt_prefix warning: no line begins with "${config.readyPromptPrefix}"`)
    }
    if (config.readyDelayMs) await setTimeout(config.readyDelayMs, undefined, { signal })
    await setUp(transport, config, { paths, pod: nameOf(pod).name, onWarning, signal })
    if (config.nudge) await session.nudge(config.nudge)
    await relabelled
    return session
  } catch (error) {
    tmux.close()
    throw error
  }
}

/** Shell text that holds once the supervisor has made its tmux server. */
const PROVISIONED = '[ "$(tmux -u show-options -sv exit-empty 2>/dev/null)" = off ]'

/** All that belongs to a start but the agent and what is said to it. */
async function provision(cluster: Cluster, pod: Pod, start: Start, signal: AbortSignal): Promise<Session> {
  const { name, config, paths, onWarning } = start
  const transport = podTransport(cluster, pod)
  const tmux = await attachEarly(() => connect(transport, signal, PROVISIONED), signal)
  try {
    await runAsAgent(transport, ':', { directory: paths.workDir, signal })
    await furnish(transport, { ...start, signal })
    await setUp(transport, config, { paths, pod: nameOf(pod).name, onWarning, signal })
    return new Session(name, tmux)
  } catch (error) {
    tmux.close()
    throw error
  }
}

/** Tries from creation on, because the pod's status lags the container by some 300 ms. */
async function attachEarly<T extends Tmux>(attach: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let pause = 25; ; pause = Math.min(pause * 1.5, 100)) {
    try {
      return await attach()
    } catch (error) {
      if (signal.aborted || isApiError(error, 'Forbidden') || isApiError(error, 'Unauthorized')) throw error
    }
    await setTimeout(pause, undefined, { signal })
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

async function verdictOr(error: unknown, failure: FailureWatch, signal: AbortSignal): Promise<unknown> {
  const late = setTimeout(VERDICT, undefined, { signal }).then(() => error)
  return Promise.race([failure.promise, late]).catch((verdict) => verdict)
}

function isSuccess(error: unknown): boolean {
  return error instanceof SessionStartFailed && error.reason === 'Completed'
}
