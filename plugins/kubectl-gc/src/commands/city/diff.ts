import type { Step } from '../../city/plan.ts'
import { GcCommand, type HelpGroup } from '../../command.ts'
import { FailedWith } from '../../errors/failed-with.ts'
import { usageErrorOf } from '../../errors/parse.ts'
import { cityFlag } from '../../flags/city.ts'
import { dataFormatFlag } from '../../flags/data-format.ts'
import { type GlobalFlagValues, targetOf } from '../../flags/target.ts'
import { structured } from '../../output/structured.ts'
import { table } from '../../output/table.ts'

export default class Diff extends GcCommand {
  static override group: HelpGroup = 'City'
  static override summary = 'Show what kubectl gc up would do, session by session.'
  static override description =
    'Exit code 0: the sessions are as the files say; 1: something differs; 2: that could not be told.'
  static override examples = ['kubectl gc city diff', 'kubectl gc city diff --city ~/my-city --output json']
  static override flags = {
    city: cityFlag,
    output: dataFormatFlag,
  }

  async run(): Promise<number> {
    try {
      const { flags } = await this.parse(Diff)
      const plan = await this.plan(flags)
      const changes = plan.filter(({ action }) => action !== 'unchanged' && action !== 'leave')
      if (flags.output !== undefined) await this.print(await structured(flags.output, plan.map(shown)))
      else if (changes.length > 0) await this.print(table(['SESSION', 'ACTION', 'WHY'], changes.map(row)))
      return changes.length > 0 ? 1 : 0
    } catch (error) {
      throw new FailedWith(2, usageErrorOf(error, 'kubectl gc city diff') ?? error)
    }
  }

  private async plan(flags: GlobalFlagValues & { city?: string | undefined }): Promise<Step[]> {
    const { openCity, planFor, targetIn } = await import('../../city/open.ts')
    const opened = await openCity(flags.city, this.runtime)
    for (const note of opened.notes) await this.note(`Note: ${note}`)
    const target = targetIn(opened.city, targetOf(flags), this.runtime.env)
    await using sessions = await this.runtime.openSessions(target, { city: opened.city.root })
    return await planFor(opened, sessions, this.runtime.signal)
  }
}

function row({ name, action, why }: Step): string[] {
  return [name, action === 'remove' ? 'stop (--prune)' : action, why]
}

function shown({ name, action, why, after }: Step): object {
  return { session: name, action, ...(why === '' ? {} : { why }), ...(after.length === 0 ? {} : { after }) }
}
