import type { KubernetesObject } from '@kubectl-gc/kube'
import { GcCommand, type HelpGroup } from '../command.ts'
import { UsageError } from '../errors/usage.ts'
import * as Flags from '../flags/define.ts'
import { durationFlag } from '../flags/duration.ts'
import { targetOf } from '../flags/target.ts'
import { bundleArg } from '../install/flags.ts'
import type { Subject } from '../install/subject.ts'
import { startProgress } from '../output/progress.ts'
import type { Cluster } from '../runtime.ts'

export default class Uninstall extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary = 'Remove from the cluster what install put there; data stays unless you say so.'
  static override description =
    'Claims, and the namespace that holds them, stay without --delete-data, and are named. A namespace that holds anything else stays too.'
  static override examples = [
    'kubectl gc uninstall',
    'kubectl gc uninstall --namespace team-a --delete-data',
    'kubectl gc uninstall dispatcher',
  ]
  static override args = bundleArg
  static override flags = {
    'delete-data': Flags.boolean({ summary: 'Delete the volumes too. There is no way back.' }),
    timeout: durationFlag({ default: 300_000, summary: 'How long to wait (default 5m).' }),
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Uninstall)
    await using cluster = await this.runtime.openCluster(targetOf(flags))
    const { findSubject, titleOf } = await import('../install/subject.ts')
    const subject = await findSubject(args.bundle, flags, cluster, this.runtime)
    const deadline = AbortSignal.timeout(flags.timeout)
    const signal = AbortSignal.any([this.runtime.signal, deadline])
    try {
      await this.remove(cluster, subject, flags['delete-data'], signal)
    } catch (error) {
      this.runtime.signal.throwIfAborted()
      if (!deadline.aborted) throw error
      const message = `${titleOf(subject)} is not gone after ${Math.round(flags.timeout / 1000)}s`
      throw new UsageError(message, `kubectl get all --namespace ${subject.namespace}`, error)
    }
  }

  private async remove(cluster: Cluster, subject: Subject, deleteData: boolean, signal: AbortSignal): Promise<void> {
    const { displayName, uninstall } = await import('@kubectl-gc/kube/apply')
    const { fieldManager, knownObjects, titleOf } = await import('../install/subject.ts')
    const { bundle, namespace } = subject
    const objects = await knownObjects(subject)
    using progress = startProgress(this.runtime.stderr, 5000)
    let removed = 0
    let dataKept = false
    await uninstall(
      cluster.client,
      { name: bundle.name, namespace },
      {
        ...{ fieldManager, objects, deleteData, signal, nameOfPod: nameOfSession, onProgress: progress.step },
        onDeleted: async (object) => {
          removed += 1
          await this.print(`${displayName(object)} deleted\n`)
        },
        onKept: async (object, why) => {
          dataKept ||= why === 'data'
          await this.note(`${displayName(object)} kept: ${why === 'data' ? 'it holds data' : why}`)
        },
      },
    )
    const again = `kubectl gc uninstall ${bundle.name} --namespace ${namespace} --delete-data`
    if (dataKept) await this.note(`To delete the data too: ${again}`)
    if (removed === 0 && !dataKept) await this.note(`There is nothing of ${titleOf(subject)}.`)
  }
}

/** A pod that runs a session, as people know it. */
function nameOfSession({ metadata }: KubernetesObject): string | undefined {
  const session = metadata?.annotations?.['gc-session-name']
  return session === undefined ? undefined : `session/${session}`
}
