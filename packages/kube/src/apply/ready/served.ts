import type { Client } from '../../client.ts'
import { isApiError } from '../../errors.ts'
import type { KubernetesObject } from '../../objects.ts'
import { pause } from '../../rest/deadline.ts'
import { NotReadyError } from '../errors.ts'
import { displayName } from '../name.ts'
import { type WaitOptions, waitUntilReady } from './wait.ts'

interface Definition extends KubernetesObject {
  spec?: { group?: string; names?: { kind?: string }; versions?: { name?: string; served?: boolean }[] }
}

/**
 * Resolves once the API server serves the kinds that these CustomResourceDefinitions define, which is a moment after
 * they are established.
 * @throws {NotReadyError} it does not in time
 */
export async function waitUntilServed(
  client: Client,
  definitions: readonly Definition[],
  options: WaitOptions,
): Promise<void> {
  await waitUntilReady(client, definitions, options)
  const deadline = performance.now() + options.timeout
  for (const definition of definitions) {
    const { group, names, versions = [] } = definition.spec ?? {}
    for (const { name } of versions.filter(({ served }) => served)) {
      const type = { apiVersion: `${group}/${name}`, kind: names?.kind ?? '' }
      for (let wait = 50; !(await isServed(client, type, options.signal)); wait = Math.min(2 * wait, 1000)) {
        if (performance.now() > deadline) {
          throw new NotReadyError(
            definition,
            `${displayName(definition)} is established, and ${group}/${name} not served`,
          )
        }
        await pause(wait, options.signal)
      }
    }
  }
}

async function isServed(client: Client, type: { apiVersion: string; kind: string }, signal: AbortSignal) {
  try {
    await client.resourceOf(type, { signal })
    return true
  } catch (error) {
    if (isApiError(error, 'NotFound')) return false
    throw error
  }
}
