import { type Client, resource } from '@kubectl-gc/kube'
import type { Namespace, Pod } from '@kubectl-gc/manifests/kubernetes'

const pods = resource<Pod>('', 'v1', 'pods')
const namespaces = resource<Namespace>('', 'v1', 'namespaces', false)

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
  for await (const { object } of client.watch(pods, {
    namespace,
    fieldSelector: `metadata.name=${name}`,
    resourceVersion,
  })) {
    if (object.status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True'))
      return
  }
}

/** Deletes a pod and waits, on a watch, until it is gone. */
export async function untilGone(client: Client, name: string, namespace: string): Promise<void> {
  const { resourceVersion } = await client.list(pods, { namespace })
  await client.delete(pods, { name, namespace })
  for await (const { type } of client.watch(pods, {
    namespace,
    fieldSelector: `metadata.name=${name}`,
    resourceVersion,
  })) {
    if (type === 'DELETED') return
  }
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
