import type { Shell } from './shell.ts'
import { until } from './until.ts'

interface Pod {
  metadata: { name: string; namespace: string }
  status: {
    phase?: string
    containerStatuses?: { name: string; ready: boolean; state: { running?: { startedAt: string } } }[]
  }
}

/** Whether the API server behind the kubeconfig says that it is ready. */
export function apiReady(shell: Shell, kubeconfig: string): Promise<boolean> {
  return shell.succeeds('kubectl', ['--kubeconfig', kubeconfig, '--request-timeout=5s', 'get', '--raw', '/readyz'])
}

/**
 * Waits until the cluster works: the node renewed its lease, and every system pod's containers started and are ready,
 * all since a moment. What the API server remembers from before a crash does not count.
 * @param since milliseconds of the epoch
 * @returns whether it came about in time
 */
export async function clusterReady(
  shell: Shell,
  kubeconfig: string,
  since: number,
  milliseconds: number,
): Promise<boolean> {
  const get = async (...args: string[]) =>
    JSON.parse(
      await shell.run('kubectl', ['--kubeconfig', kubeconfig, '--request-timeout=5s', 'get', '-o', 'json', ...args]),
    ) as { items: unknown[] }
  const ask = async () => {
    try {
      const leases = (await get('lease', '-n', 'kube-node-lease')).items as { spec: { renewTime: string } }[]
      const system = await Promise.all(['kube-system', 'local-path-storage'].map((ns) => get('pods', '-n', ns)))
      const pods = system.flatMap(({ items }) => items as Pod[])
      return nodeAlive(leases, since) && podsReady(pods, since) ? true : undefined
    } catch {
      return undefined
    }
  }
  return (await until(ask, milliseconds, 500)) ?? false
}

function nodeAlive(leases: { spec: { renewTime: string } }[], since: number): boolean {
  return leases.length > 0 && leases.every(({ spec }) => Date.parse(spec.renewTime) >= since)
}

/** Whether the pods of a kubeadm cluster are all there and each container has been running since the moment. */
export function podsReady(pods: Pod[], since: number): boolean {
  const expected = ['coredns', 'etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-proxy', 'kube-scheduler']
  const present = (name: string) => pods.some((pod) => pod.metadata.name.startsWith(name))
  return (
    expected.every(present) &&
    present('local-path-provisioner') &&
    pods.every(({ status }) => {
      const containers = status.containerStatuses ?? []
      const fresh = (startedAt: string | undefined) =>
        startedAt !== undefined && Date.parse(startedAt) >= wholeSecond(since)
      return containers.length > 0 && containers.every((c) => c.ready && fresh(c.state.running?.startedAt))
    })
  )
}

/** Kubernetes keeps start times in whole seconds, rounded down. */
function wholeSecond(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000
}
