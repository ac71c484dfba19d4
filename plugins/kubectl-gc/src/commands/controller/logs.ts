import { GcCommand, type HelpGroup } from '../../command.ts'
import { UsageError } from '../../errors/usage.ts'
import * as Flags from '../../flags/define.ts'
import { durationFlag } from '../../flags/duration.ts'
import { logPart } from '../../logs/part.ts'

export default class ControllerLogs extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary = 'Print what the controller prints.'
  static override description =
    'Followed, it goes on when gc is started again and when its pod is replaced, and ends when the controller is stopped.'
  static override examples = [
    'kubectl gc controller logs --tail 100',
    'kubectl gc controller logs --follow --since 10m',
    'kubectl gc controller logs --previous',
  ]
  static override flags = {
    follow: Flags.boolean({ char: 'f', summary: 'Go on as more is printed.' }),
    previous: Flags.boolean({
      char: 'p',
      summary: 'What gc printed before it was started again in this pod.',
    }),
    tail: Flags.integer({ helpValue: 'LINES', summary: 'Only the last so many lines; -1 for all.' }),
    since: durationFlag({ summary: 'Only what is not older than this.' }),
  }

  async run(): Promise<undefined> {
    const { flags } = await this.parse(ControllerLogs)
    if (flags.follow && flags.previous) {
      throw new UsageError('--previous is about what has ended: there is nothing to follow', 'leave out one of the two')
    }
    const { controllerTarget } = await import('../../controller/target.ts')
    await using cluster = await this.runtime.openCluster(await controllerTarget(flags, this.runtime))
    const { client, namespace } = cluster
    const place = { client, namespace, signal: this.runtime.signal }
    const { findDeployment } = await import('../../controller/state.ts')
    if ((await findDeployment(place)) === undefined) {
      const next = `kubectl gc controller deploy --namespace ${namespace}`
      throw new UsageError(`there is no controller in namespace ${namespace}`, next)
    }
    const { tailLines, sinceSeconds } = logPart({ tail: flags.tail, since: flags.since })
    const part = { tailLines, sinceSeconds }
    const { controllerLogs } = await import('../../controller/logs.ts')
    const { followController } = await import('../../controller/follow.ts')
    const previous = flags.previous ?? false
    const log = flags.follow ? followController(place, part) : controllerLogs(place, { ...part, previous })
    for await (const chunk of log) await this.print(chunk)
  }
}
