import { type ClientOptions, createClient } from '@kubectl-gc/kube'
import type { Target } from '../flags/target.ts'
import type { Cluster } from '../runtime.ts'

/** What the API server sees us as. */
const userAgent = 'kubectl-gc'
/** Milliseconds that stand for no limit: the longest that a timer takes. */
const forever = 2 ** 31 - 1

/** The client's options for a target: flags, then the GC_K8S_* variables; the kubeconfig fills in the rest. */
export function clientOptions(target: Target, env: NodeJS.ProcessEnv): ClientOptions {
  const { asGroups, requestTimeout, context, ...rest } = target
  return {
    ...rest,
    userAgent,
    context: context ?? (env.GC_K8S_CONTEXT || undefined),
    asGroup: asGroups,
    requestTimeout: requestTimeout === 0 ? forever : requestTimeout,
  }
}

/** The namespace that a command is about: the flag, then GC_K8S_NAMESPACE, then the context's, then `gc`. */
export function namespaceOf(
  target: Pick<Target, 'namespace'>,
  env: NodeJS.ProcessEnv,
  ofContext: string | undefined,
  otherwise = 'gc',
): string {
  return target.namespace ?? (env.GC_K8S_NAMESPACE || ofContext || otherwise)
}

/** Reads the kubeconfig; nothing is asked of the server yet. */
export async function openCluster(target: Target, env = process.env): Promise<Cluster> {
  const client = await createClient(clientOptions(target, env))
  return {
    client,
    namespace: namespaceOf(target, env, client.namespace),
    [Symbol.asyncDispose]: () => client.close(),
  }
}
