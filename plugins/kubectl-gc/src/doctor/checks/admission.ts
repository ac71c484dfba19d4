import { randomBytes } from 'node:crypto'
import { isApiError, resource } from '@kubectl-gc/kube'
import { agentPod } from '@kubectl-gc/manifests/agent-pod'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { type Check, failed, ok, type Subject, skipped } from '../check.ts'
import { imageOf, setting } from '../settings.ts'

const pods = resource<Pod>('', 'v1', 'pods')

/** Whether the API server would take a session's pod, as the variables make it: Pod Security, quotas, webhooks. */
export const admission: Check = {
  name: 'pod',
  async look(subject) {
    const { cluster, signal } = subject
    try {
      await cluster.client.create(pods, podOf(subject), { dryRun: true, signal })
      return ok("the API server takes a session's pod (asked without making one)")
    } catch (error) {
      if (!isApiError(error)) throw error
      if (error.reason === 'Forbidden' && /cannot create resource/.test(error.message)) {
        return skipped('you may not create pods: see permissions')
      }
      return failed(`a session's pod would be refused: ${error.message}`, fixOf(error.message, cluster.namespace))
    }
  },
}

function podOf({ cluster: { namespace }, env }: Subject): Pod {
  const value = (option: Parameters<typeof setting>[0]) => setting(option, env, namespace)
  const user = value('runAsUser')
  return agentPod({
    podName: `gc-doctor-${randomBytes(5).toString('hex')}`,
    namespace,
    sessionName: 'gc-doctor',
    labels: {},
    image: imageOf(env),
    command: '',
    env: {},
    resources: {
      requests: { cpu: value('cpuRequest') ?? '', memory: value('memoryRequest') ?? '' },
      limits: { cpu: value('cpuLimit') ?? '', memory: value('memoryLimit') ?? '' },
    },
    podSecurity: value('podSecurity') as 'restricted' | 'baseline' | 'none' | undefined,
    runAsUser: user === undefined ? undefined : Number(user),
    serviceAccountName: value('serviceAccount'),
    priorityClassName: value('priorityClassName'),
  })
}

function fixOf(message: string, namespace: string): string | undefined {
  if (message.includes('exceeded quota')) {
    return `ask for less (GC_K8S_CPU_REQUEST and its kin), stop a session, or raise it: kubectl --namespace ${namespace} edit quota`
  }
  if (message.includes('violates PodSecurity')) {
    return `set GC_K8S_POD_SECURITY=restricted, or: kubectl label namespace ${namespace} pod-security.kubernetes.io/enforce=baseline --overwrite`
  }
  if (/serviceaccount .*not found/i.test(message)) return `kubectl --namespace ${namespace} get serviceaccounts`
  return undefined
}
