import { GcCommand, type HelpGroup } from '../../command.ts'
import { UsageError } from '../../errors/usage.ts'
import * as Flags from '../../flags/define.ts'
import { durationFlag } from '../../flags/duration.ts'
import { startProgress } from '../../output/progress.ts'
import type { Cluster } from '../../runtime.ts'

export default class ControllerStop extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary = 'Remove the controller from the cluster; its volume stays unless you say so.'
  static override description =
    'The volume holds what gc knows of the city: the next deployment of it goes on from there. Sessions that run go on; kubectl gc stop --all ends them.'
  static override examples = [
    'kubectl gc controller stop',
    'kubectl gc controller stop --namespace team-a --delete-data',
  ]
  static override flags = {
    'delete-data': Flags.boolean({ summary: 'Delete the volume too. There is no way back.' }),
    timeout: durationFlag({ default: 300_000, summary: 'How long to wait (default 5m).' }),
  }

  async run(): Promise<undefined> {
    const { flags } = await this.parse(ControllerStop)
    const { controllerTarget } = await import('../../controller/target.ts')
    await using cluster = await this.runtime.openCluster(await controllerTarget(flags, this.runtime))
    const deadline = AbortSignal.timeout(flags.timeout)
    const signal = AbortSignal.any([this.runtime.signal, deadline])
    try {
      await this.remove(cluster, flags['delete-data'], signal)
    } catch (error) {
      this.runtime.signal.throwIfAborted()
      if (!deadline.aborted) throw error
      const message = `the controller in namespace ${cluster.namespace} is not gone after ${Math.round(flags.timeout / 1000)}s`
      throw new UsageError(message, `kubectl describe pods --selector app=gc-controller -n ${cluster.namespace}`, error)
    }
  }

  private async remove({ client, namespace }: Cluster, deleteData: boolean, signal: AbortSignal): Promise<void> {
    const { displayName } = await import('@kubectl-gc/kube/apply')
    const { stopController } = await import('../../controller/stop.ts')
    using progress = startProgress(this.runtime.stderr, 5000)
    let removed = 0
    const { kept } = await stopController(
      { client, namespace, signal },
      {
        deleteData,
        onProgress: progress.step,
        onDeleted: async (object) => {
          removed += 1
          await this.print(`${displayName(object)} deleted\n`)
        },
      },
    )
    for (const object of kept) {
      await this.note(`${displayName(object)} kept: it holds what gc knows of the city`)
    }
    const again = `kubectl gc controller stop --namespace ${namespace} --delete-data`
    if (kept.length > 0) await this.note(`To delete it too: ${again}`)
    if (removed + kept.length === 0) await this.note(`There is no controller in namespace ${namespace}.`)
  }
}
