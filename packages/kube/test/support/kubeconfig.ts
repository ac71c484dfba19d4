import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cluster, Context, User } from '../../src/identity/kubeconfig.ts'

/** A kubeconfig of one context `dev` with the stanzas given. */
export function kubeconfigOf(cluster: Cluster, user: User = {}, context: Context = {}): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'dev', context: { cluster: 'c', user: 'u', ...context } }],
    'current-context': 'dev',
  })
}

/** Writes {@link kubeconfigOf} to a file and returns its path. */
export async function writeKubeconfig(directory: string, ...stanzas: Parameters<typeof kubeconfigOf>): Promise<string> {
  const path = join(directory, 'kubeconfig')
  await writeFile(path, kubeconfigOf(...stanzas))
  return path
}
