import type { SessionInfo } from '@kubectl-gc/session-provider'
import type { SessionEvent } from '../cluster/events.ts'
import { age } from '../output/age.ts'
import { dialogOn } from './dialog.ts'

/** What keeps a session from working, in words, and what to do. */
export interface Why {
  says: string
  next: string | undefined
}

/** What is known of a session when it is asked why. */
export interface Evidence {
  session: SessionInfo
  events: SessionEvent[]
  /** What its terminal shows, where it runs. */
  screen: string | undefined
  now: Date
}

/** Why a session does not work; undefined: nothing is known to be wrong. */
export function why({ session, events, screen, now }: Evidence): Why | undefined {
  const { name, phase } = session
  if (phase === 'Running') {
    const dialog = dialogOn(screen ?? '')
    return dialog && { says: `It runs, but ${dialog.says}.`, next: dialog.next(name) }
  }
  if (phase === 'Stopping') return { says: 'It is being ended: its agent has its grace period.', next: undefined }
  const known = phase === 'Finished' ? ended(session) : (stuck(session) ?? told(session, events))
  if (known !== undefined) return known
  const last = events.at(-1)
  const latest = last === undefined ? 'Kubernetes has told of nothing yet' : lowerFirst(last.message)
  return { says: `It has been starting for ${age(session.createdAt, now)}: ${latest}.`, next: undefined }
}

/** What the pod's state says of a start. */
function stuck({ name, reason, message = '', image }: SessionInfo): Why | undefined {
  switch (reason) {
    case 'ErrImagePull':
    case 'ImagePullBackOff':
    case 'ErrImageNeverPull':
    case 'InvalidImageName': {
      const next = `kubectl gc stop ${name} && kubectl gc start ${name} --image IMAGE`
      return { says: `Its image cannot be had: ${sentence(message || `"${image}"`)}`, next }
    }
    case 'Unschedulable':
      return { says: sentence(message), next: placementStep(name, message) }
    case 'CreateContainerConfigError':
      return {
        says: `Its container lacks something: ${sentence(message)}`,
        next: `kubectl gc stop ${name}, and make what the message names`,
      }
    default:
      return reason === undefined
        ? undefined
        : { says: sentence(message || reason), next: `kubectl gc restart ${name}` }
  }
}

function placementStep(name: string, message: string): string {
  const again = `kubectl gc stop ${name} && kubectl gc start ${name}`
  if (/Insufficient cpu/.test(message)) return `${again} --cpu-request 100m, or add a node`
  if (/Insufficient memory/.test(message)) return `${again} --memory-request 256Mi, or add a node`
  if (/Too many pods/.test(message)) return 'kubectl gc stop another session, or add a node'
  if (/affinity|selector/.test(message)) return 'change GC_K8S_NODE_SELECTOR or GC_K8S_AFFINITY, or label a node'
  if (/untolerated taint/.test(message)) return 'set GC_K8S_TOLERATIONS, or take the taint off: kubectl taint nodes'
  if (/persistentvolumeclaim/.test(message)) return 'make the claim that GC_K8S_WORKSPACE_PVC names: kubectl get pvc'
  return 'kubectl gc doctor'
}

/** What only events tell of a start. */
function told({ name }: SessionInfo, events: SessionEvent[]): Why | undefined {
  const warning = events.findLast(({ type }) => type === 'Warning')
  if (warning === undefined) return undefined
  const next = `kubectl gc stop ${name}, and mend what the message names`
  switch (warning.reason) {
    case 'FailedMount':
    case 'FailedAttachVolume':
      return { says: `A volume cannot be mounted: ${sentence(warning.message)}`, next }
    case 'FailedCreatePodSandBox':
      return { says: `Its node cannot make a place for it: ${sentence(warning.message)}`, next: 'kubectl get nodes' }
    default:
      return { says: sentence(`${warning.reason}: ${warning.message}`), next: undefined }
  }
}

function ended({ name, reason, message = 'it has ended', exitCode }: SessionInfo): Why {
  const restart = `kubectl gc restart ${name}`
  if (reason === 'OOMKilled') {
    const next = `kubectl gc stop ${name} && kubectl gc start ${name} --memory-limit 8Gi`
    return { says: 'Its agent was killed because it took more memory than it may have.', next }
  }
  if (reason === 'Evicted') return { says: `Its node needed the room: ${sentence(message)}`, next: restart }
  if (exitCode === 0) return { says: 'Its agent has ended by itself, and well.', next: restart }
  return { says: sentence(message), next: `kubectl gc logs ${name} --tail 50, then ${restart}` }
}

/** Its first letter large, and a full stop at its end. */
function sentence(text: string): string {
  const trimmed = text.trim().replace(/[.\s]+$/, '')
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}.`
}

function lowerFirst(text: string): string {
  return (text.charAt(0).toLowerCase() + text.slice(1)).replace(/[.\s]+$/, '')
}
