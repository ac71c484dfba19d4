import { isApiError, type KubernetesObject, type Resource, resource } from '@kubectl-gc/kube'
import type { Part } from '../part.ts'
import { redactObject } from '../redact/object.ts'

/** Objects of one kind: what is more is left out, the oldest first. */
const most = 500

/** Kinds of the namespace, by the file that they go into. */
const namespaced: Record<string, Resource> = {
  pods: resource('', 'v1', 'pods'),
  events: resource('', 'v1', 'events'),
  statefulsets: resource('apps', 'v1', 'statefulsets'),
  deployments: resource('apps', 'v1', 'deployments'),
  jobs: resource('batch', 'v1', 'jobs'),
  services: resource('', 'v1', 'services'),
  persistentvolumeclaims: resource('', 'v1', 'persistentvolumeclaims'),
  resourcequotas: resource('', 'v1', 'resourcequotas'),
  limitranges: resource('', 'v1', 'limitranges'),
  networkpolicies: resource('networking.k8s.io', 'v1', 'networkpolicies'),
}

const namespaces = resource('', 'v1', 'namespaces', false)
const nodes = resource('', 'v1', 'nodes', false)
const secrets = resource('', 'v1', 'secrets')

/** A part for each kind of object, since this user may not see all of them. */
export const objectParts: Record<string, Part> = {
  ...Object.fromEntries(Object.entries(namespaced).map(([name, kind]) => [name, listed(name, kind, true)])),
  nodes: listed('nodes', nodes, false),
  namespace: async ({ cluster: { client, namespace }, signal, known }) => {
    const found = await client.get(namespaces, { name: namespace }, { signal })
    return { 'cluster/namespace.json': redactObject(found, known) }
  },
}

/** Secrets that agents get: whoever may not see all may perhaps see these. */
const ofAgents = ['claude-credentials', 'git-credentials']

/** The Secrets' names and sizes. What they hold is remembered, to be removed from everything else. */
export const secretsPart: Part = async ({ cluster: { client, namespace }, signal, known }) => {
  const described = (items: readonly KubernetesObject[]) =>
    items.map((item) => redactObject({ ...item, kind: 'Secret' }, known))
  try {
    const { items } = await client.list(secrets, { namespace, signal })
    return { 'cluster/secrets.json': described(items) }
  } catch (error) {
    if (!isApiError(error, 'Forbidden')) throw error
    const each = ofAgents.map((name) => client.get(secrets, { name, namespace }, { signal }).catch(() => undefined))
    const found = (await Promise.all(each)).filter((secret) => secret !== undefined)
    if (found.length === 0) throw error
    return { 'cluster/secrets.json': described(found) }
  }
}

function listed(name: string, kind: Resource, inNamespace: boolean): Part {
  return async ({ cluster: { client, namespace }, signal, known, leftOut }) => {
    const { items } = await client.list(kind, { ...(inNamespace ? { namespace } : {}), signal })
    const latest = items.toSorted((a, b) => timeOf(a).localeCompare(timeOf(b))).slice(-most)
    if (latest.length < items.length) leftOut(`${items.length - latest.length} of ${items.length} ${name}`)
    return { [`cluster/${name}.json`]: redactObject(latest, known) }
  }
}

function timeOf(object: KubernetesObject): string {
  const { lastTimestamp, eventTime } = object as { lastTimestamp?: string | null; eventTime?: string | null }
  return lastTimestamp ?? eventTime ?? object.metadata?.creationTimestamp ?? ''
}
