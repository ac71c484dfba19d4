import type { ListOptions } from '../client.ts'
import { isApiError } from '../errors.ts'
import type { KubernetesObject, ObjectList, Resource } from '../objects.ts'
import { parseAnswer } from './parse.ts'
import { collectionPath, query } from './path.ts'
import type { Transport } from './transport.ts'

const pageSize = 500

interface Page<T> {
  kind?: string
  apiVersion?: string
  metadata?: { resourceVersion?: string; continue?: string }
  items?: T[] | null
}

/**
 * Every object of a resource, fetched in pages of 500. When the pages expire midway, the list is fetched anew in one.
 * Each object carries apiVersion and kind, which list answers leave out. The timeout is that of each page.
 */
export async function listObjects<T extends KubernetesObject>(
  transport: Transport,
  resource: Resource<T>,
  options: ListOptions = {},
): Promise<ObjectList<T>> {
  try {
    return await listPages(transport, resource, options, pageSize)
  } catch (error) {
    if (!isApiError(error) || error.code !== 410) throw error
    return listPages(transport, resource, options, undefined)
  }
}

async function listPages<T extends KubernetesObject>(
  transport: Transport,
  resource: Resource<T>,
  { namespace, labelSelector, fieldSelector, ...limits }: ListOptions,
  limit: number | undefined,
): Promise<ObjectList<T>> {
  const items: T[] = []
  const path = collectionPath(resource, namespace)
  let token: string | undefined
  let resourceVersion = ''
  do {
    const search = query({ labelSelector, fieldSelector, limit, continue: token })
    const answer = await transport.request({ method: 'GET', path: path + search }, limits)
    const page = parseAnswer<Page<T>>(answer, path)
    const kind = page.kind?.replace(/List$/, '')
    for (const item of page.items ?? []) items.push({ kind, apiVersion: page.apiVersion, ...item })
    resourceVersion = page.metadata?.resourceVersion ?? ''
    token = page.metadata?.continue
  } while (token)
  return { items, resourceVersion }
}
