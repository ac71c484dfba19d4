import { GcCommand, type HelpGroup } from '../../command.ts'
import { findDolt } from '../../dolt/find-pod.ts'
import { forwardDolt } from '../../dolt/forward.ts'
import * as Flags from '../../flags/define.ts'
import { targetOf } from '../../flags/target.ts'

export default class DoltForward extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary = 'Let programs of this machine reach Dolt, until you end it.'
  static override description =
    "Listens at 127.0.0.1 only. When Dolt's pod is replaced, connections that are open are cut and new ones wait for the next pod."
  static override examples = [
    'kubectl gc dolt forward',
    'kubectl gc dolt forward --port 13307 --namespace team-a',
    'kubectl gc dolt forward --port 0',
  ]
  static override flags = {
    port: Flags.integer({
      helpValue: 'PORT',
      min: 0,
      max: 65_535,
      default: 3307,
      summary: 'Port of this machine, 0 for any that is free (default 3307).',
    }),
  }

  async run(): Promise<undefined> {
    const { flags } = await this.parse(DoltForward)
    const { signal } = this.runtime
    await using cluster = await this.runtime.openCluster(targetOf(flags))
    const { client, namespace } = cluster
    await findDolt(client, namespace, signal)
    let told: string | undefined
    const onTrouble = (why: string) => {
      if (why !== told) void this.note(why)
      told = why
    }
    const { port, closed } = await forwardDolt({ client, namespace, port: flags.port, signal, onTrouble })
    await this.print(`Forwarding 127.0.0.1:${port} to Dolt in namespace ${namespace}, until ^C. To connect:\n`)
    await this.print(`  mysql --host 127.0.0.1 --port ${port} --user root\n`)
    await closed
  }
}
