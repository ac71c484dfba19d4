import { separatorIn } from '../copy/place.ts'
import type { Target } from '../flags/target.ts'
import type { Runtime } from '../runtime.ts'
import { agentsOfCity } from './city.ts'
import type { Lookup } from './complete.ts'
import type { Place } from './position.ts'
import type { Candidate } from './reply.ts'
import { sessionPaths } from './session-paths.ts'

/** What a lookup reaches outside itself. */
export type World = Pick<Runtime, 'env' | 'signal' | 'openSessions' | 'openCluster'> & { folder: string }

/** Looks values up from this process. A credential plugin gets no terminal to ask at: completion happens while one types. */
export function lookupHere(signal: AbortSignal): Lookup {
  const { env, stdin } = process
  stdin.isTTY = false
  return lookupIn({
    ...{ env, signal, folder: process.cwd() },
    openSessions: async (...target) => (await import('../cluster/open-sessions.ts')).openSessions(...target),
    openCluster: async (...target) => (await import('../cluster/open-cluster.ts')).openCluster(...target),
  })
}

/** Looks values up where they are: in the cluster that the flags before the word point at, in files, in a city. */
export function lookupIn(world: World): Lookup {
  return async (values, place) => {
    switch (values) {
      case 'agent':
        return (await agentsOfCity(world.folder)).map((value) => ({ value }))
      case 'session':
        return sessions(world, place)
      case 'session path':
        return pathsOf(world, place)
      case 'meta key':
        return metaKeys(world, place)
      case 'namespace':
        return namespaces(world, place)
      case 'context':
      case 'cluster':
      case 'user':
        return kubeconfigNames(world, place, values)
      default:
        return []
    }
  }
}

function targetOf({ given }: Place): Target {
  const [kubeconfig, context, cluster, user] = ['kubeconfig', 'context', 'cluster', 'user'].map((name) =>
    given.get(name),
  )
  return { kubeconfig, context, cluster, user, namespace: given.get('namespace'), as: given.get('as') }
}

async function sessions({ openSessions, signal }: World, place: Place): Promise<Candidate[]> {
  await using open = await openSessions(targetOf(place))
  const all = await open.provider.list({ signal })
  return all.map(({ name, phase, reason }) => ({ value: name, meaning: reason ?? phase }))
}

async function pathsOf({ openSessions, signal }: World, place: Place): Promise<Candidate[]> {
  const { prefix } = place
  const begin = prefix.slice(0, separatorIn(prefix) + 1)
  await using open = await openSessions(targetOf(place))
  const paths = await sessionPaths(open, begin.slice(0, -1), prefix.slice(begin.length), signal)
  return paths.map((path) => ({ value: begin + path }))
}

async function metaKeys({ openSessions, signal }: World, place: Place): Promise<Candidate[]> {
  const [name] = place.args
  if (name === undefined) return []
  await using open = await openSessions(targetOf(place))
  const meta = await open.provider.listMeta(name, { signal })
  return Object.entries(meta).map(([value, meaning]) => ({ value, meaning: meaning.slice(0, 60) }))
}

async function namespaces({ openCluster, signal }: World, place: Place): Promise<Candidate[]> {
  const { resource } = await import('@kubectl-gc/kube')
  await using cluster = await openCluster(targetOf(place))
  const { items } = await cluster.client.list(resource('', 'v1', 'namespaces', false), { signal })
  return items.map(({ metadata }) => ({ value: metadata?.name ?? '' }))
}

async function kubeconfigNames({ env }: World, { given }: Place, what: 'context' | 'cluster' | 'user') {
  const { loadKubeconfig } = await import('@kubectl-gc/kube')
  const { config } = await loadKubeconfig(env, given.get('kubeconfig'))
  const entries = { context: config.contexts, cluster: config.clusters, user: config.users }[what] ?? []
  return entries.map(({ name }) => ({ value: name }))
}
