import { isApiError, type KubernetesObject } from '@kubectl-gc/kube'
import type { StatefulSet } from '@kubectl-gc/manifests/kubernetes'
import * as Flags from '@oclif/core/flags'
import { GcCommand, type HelpGroup } from '../command.ts'
import { durationFlag } from '../flags/duration.ts'
import { quantityFlag } from '../flags/quantity.ts'
import { targetOf } from '../flags/target.ts'
import { type ApplyOptions, applyObject, isForbidden, read } from '../install/apply.ts'
import { displayName } from '../install/name.ts'
import { waitUntilReady } from '../install/wait-ready.ts'
import { startProgress } from '../output/progress.ts'
import type { Cluster } from '../runtime.ts'

export default class Install extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary = 'Put into the cluster what sessions need: a namespace, Dolt, and permissions.'
  static override description =
    "Applies each object on the server's side, so that a second install changes only what differs, and waits until Dolt answers."
  static override examples = [
    'kubectl gc install',
    'kubectl gc install --namespace team-a --dolt-storage 50Gi --timeout 10m',
    'kubectl gc install --dry-run',
  ]
  static override flags = {
    'dolt-image': Flags.string({ helpValue: 'IMAGE', summary: 'Image that Dolt runs from.' }),
    'dolt-storage': quantityFlag({ helpValue: 'SIZE', summary: "Size of Dolt's volume (default 10Gi)." }),
    'storage-class': Flags.string({
      helpValue: 'NAME',
      summary: "StorageClass of Dolt's volume (default the cluster's).",
    }),
    'cpu-request': quantityFlag({ helpValue: 'CPU', summary: 'CPU to reserve for Dolt (default 500m).' }),
    'memory-request': quantityFlag({ helpValue: 'SIZE', summary: 'Memory to reserve for Dolt (default 1Gi).' }),
    'cpu-limit': quantityFlag({ helpValue: 'CPU', summary: 'CPU that Dolt may use (default 2).' }),
    'memory-limit': quantityFlag({ helpValue: 'SIZE', summary: 'Memory that Dolt may use (default 4Gi).' }),
    'pod-security': Flags.option({
      helpValue: 'LEVEL',
      options: ['restricted', 'baseline', 'privileged'] as const,
      summary:
        'Pod Security Standard that the namespace enforces: restricted, baseline or privileged (default baseline).',
    })(),
    wait: Flags.boolean({ default: true, allowNo: true, summary: 'Wait until Dolt is ready.' }),
    timeout: durationFlag({ default: 300_000, summary: 'How long to wait (default 5m).' }),
    'dry-run': Flags.boolean({ summary: 'Let the server check every object, and change nothing.' }),
    'force-conflicts': Flags.boolean({ summary: 'Take over fields that somebody else has set.' }),
  }

  async run(): Promise<undefined> {
    const { flags } = await this.parse(Install)
    await using cluster = await this.runtime.openCluster(targetOf(flags))
    const { bundle } = await import('../install/bundle.ts')
    const objects = bundle({
      namespace: cluster.namespace,
      podSecurity: flags['pod-security'],
      doltImage: flags['dolt-image'],
      doltStorage: flags['dolt-storage'],
      storageClass: flags['storage-class'],
      cpuRequest: flags['cpu-request'],
      memoryRequest: flags['memory-request'],
      cpuLimit: flags['cpu-limit'],
      memoryLimit: flags['memory-limit'],
    })
    const options = { signal: this.runtime.signal, force: flags['force-conflicts'], dryRun: flags['dry-run'] }
    const checkable = !flags['dry-run'] || (await this.hasNamespace(cluster, objects))
    for (const object of objects) {
      const change = checkable ? await this.apply(cluster, object, options) : 'created'
      if (change !== undefined) {
        await this.print(`${displayName(object)} ${change}${flags['dry-run'] ? ' (server dry run)' : ''}\n`)
      }
    }
    if (flags.wait && !flags['dry-run']) await this.wait(cluster, objects, flags.timeout)
  }

  /** Who has rights only inside the namespace installs into one that somebody else has made. */
  private async apply({ client }: Cluster, object: KubernetesObject, options: ApplyOptions) {
    try {
      return await applyObject(client, object, options)
    } catch (error) {
      if (object.kind !== 'Namespace' || !isForbidden(error)) throw error
      await this.note(`${displayName(object)} taken as it is: you may not change it`)
      return undefined
    }
  }

  /** Without it the server cannot check what goes into it. */
  private async hasNamespace({ client }: Cluster, objects: KubernetesObject[]): Promise<boolean> {
    const namespace = objects.find(({ kind }) => kind === 'Namespace')
    try {
      return namespace === undefined || (await read(client, namespace, this.runtime.signal)) !== undefined
    } catch (error) {
      if (isApiError(error, 'Forbidden')) return true
      throw error
    }
  }

  private async wait({ client }: Cluster, objects: KubernetesObject[], timeout: number): Promise<void> {
    using progress = startProgress(this.runtime.stderr, 1000)
    const options = { signal: this.runtime.signal, timeout, onProgress: progress.step }
    const sets = objects.filter((object): object is StatefulSet => object.kind === 'StatefulSet')
    await Promise.all(sets.map((set) => waitUntilReady(client, set, options)))
  }
}
