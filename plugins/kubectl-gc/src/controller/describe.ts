import { CONTROLLER } from '@kubectl-gc/manifests'
import { age } from '../output/age.ts'
import { fields } from '../output/describe.ts'
import type { ControllerEvent } from './events.ts'
import type { ControllerState } from './state.ts'

/** What `controller status` says. */
export function describeController(
  namespace: string,
  state: ControllerState,
  warnings: readonly ControllerEvent[],
  now: Date,
): string {
  const { phase, reason, city, image, agentImage, pod, node, restarts, since, createdAt, output } = state
  const ago = (time: string | undefined) => (time === undefined ? undefined : age(new Date(time), now))
  const text = fields([
    ['Namespace', namespace],
    ['City', city],
    ['Status', phase],
    ['Reason', reason],
    ['Image', image],
    ['Agent Image', agentImage],
    ['Pod', pod],
    ['Node', node],
    ['Restarts', restarts?.toString()],
    ['Pod Age', ago(since)],
    ['Age', ago(createdAt)],
  ])
  const printed = output === undefined ? '' : `Last Lines:\n${output.trimEnd().replace(/^/gm, '  ')}\n`
  const told = warnings.map(({ reason, message, at }) => `  ${age(at, now)} ago  ${reason}: ${oneLine(message)}\n`)
  return `${text}${printed}${told.length === 0 ? '' : `Events:\n${told.join('')}`}`
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, '; ')
}

/** The same for programs, in the shape of a Kubernetes object; no API server keeps it. */
export function controllerObject(namespace: string, state: ControllerState, warnings: readonly ControllerEvent[]) {
  const { city, image, agentImage, node, createdAt, phase, reason, output, pod, restarts, since } = state
  return {
    apiVersion: 'kubectl-gc.dev/v1alpha1',
    kind: 'Controller',
    metadata: { name: CONTROLLER, namespace, creationTimestamp: createdAt },
    spec: { city, image, agentImage, nodeName: node },
    status: {
      ...{ phase, reason, output, pod, restarts, podCreationTimestamp: since },
      events: warnings.map(({ reason, message, at }) => ({ reason, message, lastTimestamp: at.toISOString() })),
    },
  }
}
