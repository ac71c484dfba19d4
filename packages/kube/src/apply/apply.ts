import type { ApplyOptions } from '../client.ts'
import { KubeError } from '../errors.ts'
import type { KubernetesObject } from '../objects.ts'
import { parseAnswer } from '../rest/parse.ts'
import { objectPath, query } from '../rest/path.ts'
import type { Transport } from '../rest/transport.ts'
import type { Discovery } from './discovery.ts'

/** Server-side apply of one object, wherever its kind is kept. */
export async function applyObject<T extends KubernetesObject>(
  transport: Transport,
  discovery: Discovery,
  object: T,
  fallbackNamespace: string,
  { fieldManager, force, dryRun, ...limits }: ApplyOptions,
): Promise<T> {
  const { apiVersion, kind, metadata } = object
  if (!apiVersion || !kind || !metadata?.name) {
    throw new KubeError('an object to apply needs apiVersion, kind and metadata.name')
  }
  const resource = await discovery.resourceOf({ apiVersion, kind }, limits)
  const search = query({ fieldManager, force, dryRun: dryRun ? 'All' : undefined })
  const path = objectPath(resource, metadata.name, metadata.namespace ?? fallbackNamespace) + search
  const headers = { 'content-type': 'application/apply-patch+yaml' }
  const answer = await transport.request({ method: 'PATCH', path, headers, body: JSON.stringify(object) }, limits)
  return parseAnswer<T>(answer, path)
}
