import { chmod, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LabError } from './errors.ts'
import type { Folder } from './folder.ts'
import type { Progress } from './progress.ts'
import { clusterReady } from './ready.ts'
import type { Shell } from './shell.ts'
import { clusterName, nodeName } from './versions.ts'

/** How long a cluster may take to become ready: after its creation, and after a crash. */
const createdWithin = 150_000
const recoveredWithin = 90_000

export interface NewCluster {
  image: string
  /** A folder of image archives for the node to import when it first boots. */
  images?: string
}

/**
 * Makes the cluster, in place of what an interrupted run left; its kubeconfig goes to the lab's file.
 * @param docker a shell of the daemon to use
 * @throws {LabError} it did not become ready
 */
export async function createCluster(docker: Shell, folder: Folder, { image, images }: NewCluster): Promise<void> {
  await deleteCluster(docker, folder)
  const since = Date.now()
  const config = join(folder.root, 'cluster.json')
  await writeFile(config, JSON.stringify(kindConfig(images)))
  const flags = ['--name', clusterName, '--image', image, '--config', config, '--kubeconfig', folder.kubeconfig]
  await docker.run('kind', ['create', 'cluster', ...flags])
  await chmod(folder.kubeconfig, 0o600)
  if (await clusterReady(docker, folder.kubeconfig, since, createdWithin)) return
  throw new LabError(
    `The cluster was made but is not ready after ${createdWithin / 1000} s. Look at it with: kubectl --kubeconfig ${folder.kubeconfig} get pods -A`,
  )
}

function kindConfig(images: string | undefined): object {
  const extraMounts = images ? [{ hostPath: images, containerPath: '/kind/images', readOnly: true }] : []
  const kubelet = JSON.stringify({ kind: 'KubeletConfiguration', maxPods: 240 })
  return {
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    nodes: [{ role: 'control-plane', extraMounts, kubeadmConfigPatches: [kubelet] }],
  }
}

/**
 * Brings back a cluster whose containers died, with everything that was on it.
 * @returns whether it is ready again; false too when its node is gone
 */
export async function recoverCluster(docker: Shell, folder: Folder, progress: Progress): Promise<boolean> {
  const format = '{{.State.Running}} {{.State.StartedAt}}'
  const state = await docker.run('docker', ['inspect', '--format', format, nodeName]).catch(() => undefined)
  if (state === undefined) return false
  const [running, startedAt = ''] = state.trim().split(' ')
  const since = running === 'true' ? Date.parse(startedAt) : Date.now()
  if (running !== 'true' && !(await docker.succeeds('docker', ['start', nodeName]))) return false
  if (await clusterReady(docker, folder.kubeconfig, since, recoveredWithin)) return true
  progress.say(`The cluster did not come back within ${recoveredWithin / 1000} s.`)
  return false
}

/** Deletes the cluster; one that is not there is no failure. */
export async function deleteCluster(docker: Shell, folder: Folder): Promise<void> {
  await docker.run('kind', ['delete', 'cluster', '--name', clusterName, '--kubeconfig', folder.kubeconfig])
  await rm(folder.kubeconfig, { force: true })
}
