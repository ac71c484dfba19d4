import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError } from '../errors.ts'
import type { Selection } from './select-context.ts'

const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount'

/**
 * The pod's own identity: the `kubernetes` service by its environment variables, the service account's files.
 * Undefined outside a cluster.
 * @throws {ConfigError} inside a cluster whose service account files cannot be read
 */
export async function inCluster(env: NodeJS.ProcessEnv, directory = serviceAccount): Promise<Selection | undefined> {
  const host = env.KUBERNETES_SERVICE_HOST
  const port = env.KUBERNETES_SERVICE_PORT
  if (!host || !port) return undefined
  let namespace: string
  try {
    namespace = (await readFile(join(directory, 'namespace'), 'utf8')).trim()
  } catch (cause) {
    throw new ConfigError(`inside a pod, but its service account cannot be read: ${(cause as Error).message}`, {
      cause,
      suggestion: 'Give the pod a service account token (automountServiceAccountToken), or a kubeconfig.',
    })
  }
  return {
    name: undefined,
    context: { namespace },
    cluster: {
      server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
      'certificate-authority': join(directory, 'ca.crt'),
    },
    user: { tokenFile: join(directory, 'token') },
  }
}
