import { type Client, resource, type WatchEvent, type WatchOptions } from '@kubectl-gc/kube'
import type { Namespace, Pod } from '@kubectl-gc/manifests/kubernetes'

const pods = resource<Pod>('', 'v1', 'pods')
const namespaces = resource<Namespace>('', 'v1', 'namespaces', false)
const PATIENCE = 300_000

/** Runs an action in a namespace that is gone afterwards. */
export async function inNamespace<T>(client: Client, name: string, action: () => Promise<T>): Promise<T> {
  await client.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
  try {
    return await action()
  } finally {
    await client.delete(namespaces, { name })
  }
}

/** Creates a pod and waits, on a watch, until it is reported Ready. */
export async function untilReady(client: Client, pod: Pod): Promise<void> {
  const { metadata } = await client.create(pods, pod)
  const { namespace, resourceVersion, name } = metadata ?? {}
  await untilSeen(
    client,
    { namespace, fieldSelector: `metadata.name=${name}`, resourceVersion },
    `pod ${name} to be Ready`,
    ({ object }) =>
      object.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true,
  )
}

/** Deletes a pod and waits, on a watch, until it is gone. */
export async function untilGone(client: Client, name: string, namespace: string): Promise<void> {
  const { resourceVersion } = await client.list(pods, { namespace })
  await client.delete(pods, { name, namespace })
  await untilSeen(
    client,
    { namespace, fieldSelector: `metadata.name=${name}`, resourceVersion },
    `pod ${name} to be gone`,
    ({ type }) => type === 'DELETED',
  )
}

/** Watches pods until an event is what was waited for. @throws {Error} it did not come within five minutes */
export async function untilSeen(
  client: Client,
  options: WatchOptions,
  what: string,
  isIt: (event: WatchEvent<Pod>) => boolean,
): Promise<void> {
  const late = new Error(`waited ${PATIENCE / 1000} s for ${what}`)
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(late), PATIENCE)
  try {
    for await (const event of client.watch(pods, { ...options, signal: patience.signal })) if (isIt(event)) return
  } finally {
    clearTimeout(timer)
  }
  throw new Error(`the watch ended while waiting for ${what}`)
}

/** A pod with nothing in it but a process that ends at SIGTERM, for the same image and resources as a session's. */
export function barePod(name: string, namespace: string, image: string): Pod {
  const resources = { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '2', memory: '4Gi' } }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      restartPolicy: 'Never',
      containers: [
        {
          name: 'agent',
          image,
          imagePullPolicy: 'IfNotPresent',
          command: ['sh', '-c', 'trap "exit 0" TERM; sleep infinity & wait'],
          resources,
        },
      ],
    },
  }
}
