import { GcCommand, type HelpGroup } from '../command.ts'
import * as Flags from '../flags/define.ts'
import { targetOf } from '../flags/target.ts'
import { bundleArg, carryOutFlags } from '../install/flags.ts'
import { shortcutFlags } from '../install/shortcuts.ts'
import { valuesFlags } from '../render/flags.ts'

export default class Install extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary =
    'Put a bundle into the cluster: by default what sessions need, a namespace, Dolt and permissions.'
  static override description =
    "Applies each object on the server's side and waits until all is ready. A second install changes only what differs; values that it is not given are the defaults, where upgrade keeps those of before. A first install that fails removes what it made. What belongs to others is left alone. The values are recorded in a Secret of the namespace."
  static override examples = [
    'kubectl gc install',
    'kubectl gc install --namespace team-a --dolt-storage 50Gi --timeout 10m',
    'kubectl gc install dispatcher --values dispatcher.yaml --set replicaCount=2',
    'kubectl gc install --dry-run=server',
  ]
  static override args = bundleArg
  static override bareValues = { 'dry-run': 'server' }
  static override flags = {
    ...valuesFlags,
    ...shortcutFlags,
    ...carryOutFlags,
    prune: Flags.boolean({ summary: 'Remove what the bundle had made with other values, but not its data.' }),
    rollback: Flags.boolean({
      default: true,
      allowNo: true,
      summary: 'Remove what a first install made when it fails.',
    }),
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Install)
    await using cluster = await this.runtime.openCluster(targetOf(flags))
    const [{ findSubject, wantedOf }, { runInstallation }] = await Promise.all([
      import('../install/subject.ts'),
      import('../install/run-installation.ts'),
    ])
    const subject = await findSubject(args.bundle, flags, cluster, this.runtime)
    const wanted = await wantedOf(subject, flags, {}, cluster, this.runtime)
    const voice = { print: (line: string) => this.print(`${line}\n`), note: (line: string) => this.note(line) }
    await runInstallation(wanted, { client: cluster.client, verb: 'install', flags, voice, runtime: this.runtime })
  }
}
