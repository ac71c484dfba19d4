import type { KubernetesObject } from '@kubectl-gc/kube'
import type { StatefulSet } from '@kubectl-gc/manifests/kubernetes'
import * as Flags from '@oclif/core/flags'
import { GcCommand, type HelpGroup } from '../command.ts'
import { UsageError } from '../errors/usage.ts'
import { durationFlag } from '../flags/duration.ts'
import { targetOf } from '../flags/target.ts'
import { deleteAndWait } from '../install/delete.ts'
import { claimsOf, whyKeep } from '../install/leftovers.ts'
import { displayName } from '../install/name.ts'
import { startProgress } from '../output/progress.ts'
import type { Cluster } from '../runtime.ts'

export default class Uninstall extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary = 'Remove from the cluster what install put there; data stays unless you say so.'
  static override description =
    "Dolt's claims, and the namespace that holds them, stay without --delete-data. A namespace that holds anything else stays too."
  static override examples = ['kubectl gc uninstall', 'kubectl gc uninstall --namespace team-a --delete-data']
  static override flags = {
    'delete-data': Flags.boolean({ summary: "Delete Dolt's volumes too. There is no way back." }),
    timeout: durationFlag({ default: 300_000, summary: 'How long to wait (default 5m).' }),
  }

  async run(): Promise<undefined> {
    const { flags } = await this.parse(Uninstall)
    await using cluster = await this.runtime.openCluster(targetOf(flags))
    const deadline = AbortSignal.timeout(flags.timeout)
    const signal = AbortSignal.any([this.runtime.signal, deadline])
    try {
      await this.remove(cluster, flags['delete-data'], signal)
    } catch (error) {
      this.runtime.signal.throwIfAborted()
      if (!deadline.aborted) throw error
      const after = `${Math.round(flags.timeout / 1000)}s`
      const message = `what is installed in namespace ${cluster.namespace} is not gone after ${after}`
      throw new UsageError(message, `kubectl get all --namespace ${cluster.namespace}`, error)
    }
  }

  private async remove(cluster: Cluster, deleteData: boolean, signal: AbortSignal): Promise<void> {
    using progress = startProgress(this.runtime.stderr, 5000)
    let removed = 0
    const remove = async (object: KubernetesObject) => {
      progress.step(`waiting for ${displayName(object)} to be gone`)
      if (!(await deleteAndWait(cluster.client, object, signal))) return
      removed += 1
      await this.print(`${displayName(object)} deleted\n`)
    }
    const { bundle } = await import('../install/bundle.ts')
    const objects = bundle({ namespace: cluster.namespace }).reverse()
    const sets = objects.filter((object): object is StatefulSet => object.kind === 'StatefulSet')
    const claims = (await Promise.all(sets.map((set) => claimsOf(cluster.client, set, signal)))).flat()
    for (const object of objects) if (object.kind !== 'Namespace') await remove(object)
    for (const name of claims) {
      const metadata = { name, namespace: cluster.namespace }
      if (deleteData) await remove({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata })
      else await this.note(`persistentvolumeclaim/${name} kept; --delete-data deletes it`)
    }
    const namespace = objects.find(({ kind }) => kind === 'Namespace')
    const why = await whyKeep(cluster.client, cluster.namespace, signal)
    if (why !== undefined) await this.note(`namespace/${cluster.namespace} kept: ${why}`)
    else if (namespace !== undefined) await remove(namespace)
    if (removed === 0) await this.note(`Nothing is installed in namespace ${cluster.namespace}.`)
  }
}
