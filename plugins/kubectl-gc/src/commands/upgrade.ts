import { GcCommand, type HelpGroup } from '../command.ts'
import { UsageError } from '../errors/usage.ts'
import * as Flags from '../flags/define.ts'
import { targetOf } from '../flags/target.ts'
import { bundleArg, carryOutFlags, resetValuesFlag } from '../install/flags.ts'
import { valuesFlags } from '../render/flags.ts'

export default class Upgrade extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary = 'Bring an installed bundle to this version, and to other values.'
  static override description =
    "Values that are not given stay as they were, as the installation's own record has them. What the new version or values do not make any more is removed once the rest is ready, but never data. An upgrade that fails removes nothing; without values, the next one goes back."
  static override examples = [
    'kubectl gc upgrade',
    'kubectl gc upgrade --set backups.enabled=true',
    'kubectl gc upgrade dispatcher --namespace team-a --values dispatcher.yaml --prune=false',
  ]
  static override args = bundleArg
  static override bareValues = { 'dry-run': 'server' }
  static override flags = {
    ...valuesFlags,
    ...resetValuesFlag,
    ...carryOutFlags,
    prune: Flags.boolean({
      default: true,
      allowNo: true,
      summary: 'Remove what the bundle does not make any more, but not its data.',
    }),
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Upgrade)
    await using cluster = await this.runtime.openCluster(targetOf(flags))
    const [{ findSubject, titleOf, wantedOf }, { runInstallation }] = await Promise.all([
      import('../install/subject.ts'),
      import('../install/run-installation.ts'),
    ])
    const subject = await findSubject(args.bundle, flags, cluster, this.runtime)
    if (subject.values === undefined) {
      const next = `install it, with all its values: kubectl gc install ${subject.bundle.name} --namespace ${subject.namespace}`
      throw new UsageError(`there is no record of ${titleOf(subject)}`, next)
    }
    const below = flags['reset-values'] ? {} : subject.values
    const wanted = await wantedOf(subject, flags, below, cluster, this.runtime)
    const voice = { print: (line: string) => this.print(`${line}\n`), note: (line: string) => this.note(line) }
    await runInstallation(wanted, { client: cluster.client, verb: 'upgrade', flags, voice, runtime: this.runtime })
  }
}
