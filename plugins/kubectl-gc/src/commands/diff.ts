import { GcCommand, type HelpGroup } from '../command.ts'
import { FailedWith } from '../errors/failed-with.ts'
import { usageErrorOf } from '../errors/parse.ts'
import * as Flags from '../flags/define.ts'
import * as Args from '../flags/define-args.ts'
import { targetOf } from '../flags/target.ts'
import { resetValuesFlag, takeOverFlags } from '../install/flags.ts'
import { parsePlainly } from '../parse/plainly.ts'
import { valuesFlags } from '../render/flags.ts'

export default class Diff extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary = 'Show what install or upgrade would change in the cluster, or up in a city.'
  static override description =
    'Without a bundle, in or below a folder with city.toml: the same as kubectl gc city diff. Otherwise: of what is not installed, what install would make; of what is, what upgrade would change: values that are not given are those of before. The server works out what each object would come to, in a dry run. What is secret is not shown. Exit code 0: nothing would change; 1: something would; 2: that could not be told.'
  static override examples = [
    'kubectl gc diff',
    'kubectl gc diff sessions --set dolt.limits.memory=8Gi',
    'kubectl gc diff dispatcher --values dispatcher.yaml',
  ]
  static override args = {
    bundle: Args.string({ ignoreStdin: true, description: 'The bundle (default: the city one is in, else sessions).' }),
  }
  static override flags = {
    ...valuesFlags,
    ...resetValuesFlag,
    ...takeOverFlags,
    prune: Flags.boolean({ default: true, allowNo: true, summary: 'Show what upgrade would remove.' }),
  }

  async run(): Promise<number> {
    const city = await this.ofCity()
    if (city !== undefined) return (await city.run()) ?? 0
    try {
      const { args, flags } = await this.parse(Diff)
      await using cluster = await this.runtime.openCluster(targetOf(flags))
      const { findSubject, wantedOf } = await import('../install/subject.ts')
      const { differences } = await import('../install/diff/differences.ts')
      const subject = await findSubject(args.bundle ?? 'sessions', flags, cluster, this.runtime)
      const below = flags['reset-values'] ? {} : (subject.values ?? {})
      const wanted = await wantedOf(subject, flags, below, cluster, this.runtime)
      const prune = flags.prune && subject.record !== undefined
      const texts = await differences(cluster.client, wanted, { ...flags, prune }, this.runtime.signal)
      await this.print(texts.join(''))
      return texts.length === 0 ? 0 : 1
    } catch (error) {
      throw new FailedWith(2, usageErrorOf(error, 'kubectl gc diff') ?? error)
    }
  }

  /** The city's diff, where nothing is asked of a bundle and there is a city. */
  private async ofCity(): Promise<GcCommand | undefined> {
    const [{ default: CityDiff }, { findCity }] = await Promise.all([
      import('./city/diff.ts'),
      import('../city/find.ts'),
    ])
    const plain = await parsePlainly(CityDiff, this.argv)
    if (plain === undefined || (await findCity(this.runtime)) === undefined) return undefined
    return new CityDiff(this.argv, { runtime: this.runtime })
  }
}
