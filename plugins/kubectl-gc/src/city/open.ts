import { cityLabel } from '@kubectl-gc/session-provider'
import { namespaceNotFound } from '../cluster/namespace.ts'
import type { Target } from '../flags/target.ts'
import type { Runtime, Sessions } from '../runtime.ts'
import { cityFolder } from './find.ts'
import { assertNoCycle } from './graph.ts'
import { planOf, type Step } from './plan.ts'
import { type City, readCity } from './read.ts'
import { sessionsOf, type Wanted } from './sessions-of.ts'

/** A city's files as they are meant. */
export interface OpenCity {
  city: City
  wanted: Wanted[]
  notes: string[]
}

/**
 * Reads the city that is meant, and all that its agents name.
 * @throws {UsageError} there is none, or it cannot be used
 */
export async function openCity(
  folder: string | undefined,
  { env, cwd }: Pick<Runtime, 'env' | 'cwd'>,
): Promise<OpenCity> {
  const city = await readCity(await cityFolder({ city: folder, env, cwd }))
  const notes = [...city.notes]
  const wanted = await sessionsOf(city, env, notes)
  assertNoCycle(
    city.agents.map(({ name, fields }) => ({ name, after: fields.depends_on ?? [] })),
    'agents',
  )
  return { city, wanted, notes }
}

/** The target of the flags, with the city's namespace and context where nothing else says. */
export function targetIn({ file }: City, target: Target, env: NodeJS.ProcessEnv): Target {
  const { namespace, context } = file.session?.k8s ?? {}
  return {
    ...target,
    namespace: target.namespace ?? (env.GC_K8S_NAMESPACE || namespace),
    context: target.context ?? (env.GC_K8S_CONTEXT || context),
  }
}

/** What is to be done so that the sessions are as the city says. @throws {UsageError} there is no such namespace */
export async function planFor({ city, wanted }: OpenCity, sessions: Sessions, signal: AbortSignal): Promise<Step[]> {
  const { provider, namespace } = sessions
  const [holdings, infos] = await Promise.all([sessions.holdings(signal), provider.list({ signal })])
  if (holdings.length === 0 && !(await sessions.namespaceExists(signal))) throw namespaceNotFound(namespace)
  return planOf(wanted, { city: cityLabel(city.root), holdings, sessions: infos })
}
