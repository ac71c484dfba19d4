import type { Client } from '../client.ts'
import { isApiError } from '../errors.ts'
import type { Resource } from '../objects.ts'
import { PART_OF } from './applyset.ts'
import { each } from './read.ts'
import type { LiveObject } from './types.ts'

interface Scope {
  id: string
  groupKinds: readonly string[]
  namespaces: readonly string[]
  signal: AbortSignal
}

/** Every object that carries the id, of these kinds in these namespaces; of kinds without namespaces, wherever. */
export async function membersOf(client: Client, { id, groupKinds, namespaces, signal }: Scope): Promise<LiveObject[]> {
  const lists = await each(groupKinds, async (groupKind) => {
    const found = await resourceOfKind(client, groupKind, signal)
    if (found === undefined) return []
    const { resource, apiVersion, kind } = found
    const labelSelector = `${PART_OF}=${id}`
    const places = resource.namespaced ? namespaces : [undefined]
    const answers = await each(places, (namespace) => client.list(resource, { namespace, labelSelector, signal }))
    return answers.flatMap(({ items }) => items.map((item): LiveObject => ({ ...item, apiVersion, kind })))
  })
  return lists.flat().filter(({ metadata }) => metadata?.labels?.[PART_OF] === id)
}

/** Where objects of `Kind.group` are kept, in the version that the server prefers; undefined when it has no such kind. */
async function resourceOfKind(
  client: Client,
  groupKind: string,
  signal: AbortSignal,
): Promise<{ resource: Resource; apiVersion: string; kind: string } | undefined> {
  const [kind = '', ...rest] = groupKind.split('.')
  const group = rest.join('.')
  try {
    const apiVersion = group === '' ? 'v1' : await preferredVersion(client, group, signal)
    return { resource: await client.resourceOf({ apiVersion, kind }, { signal }), apiVersion, kind }
  } catch (error) {
    if (isApiError(error, 'NotFound')) return undefined
    throw error
  }
}

async function preferredVersion(client: Client, group: string, signal: AbortSignal): Promise<string> {
  const answer = await client.raw('GET', `/apis/${group}`, { signal })
  return (answer as { preferredVersion: { groupVersion: string } }).preferredVersion.groupVersion
}
