import { GcCommand } from '../command.ts'
import * as Flags from '../flags/define.ts'
import { sessionArg } from '../flags/session.ts'
import { startProgress } from '../output/progress.ts'
import { sessionName } from '../session-name.ts'

export default class Restart extends GcCommand {
  static override summary = 'End a session, and start it again as it was started.'
  static override description =
    'It gets the image, the command and the environment of before in a new pod; its metadata, and what only its pod kept, are gone. One that has ended is started again; an interrupted restart leaves it ended. Sessions into which files were copied at their start are refused: those of a city are started again by kubectl gc up.'
  static override examples = ['kubectl gc restart mayor', 'kubectl gc restart mayor --grace-period 30']
  static override args = { name: sessionArg }
  static override flags = {
    'grace-period': Flags.integer({
      helpValue: 'SECONDS',
      min: 0,
      summary: 'Seconds that the agent has to end by itself (default 5).',
    }),
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Restart)
    const name = sessionName(args.name)
    await using sessions = await this.sessions(flags)
    {
      using progress = startProgress(this.runtime.stderr)
      const { signal } = this.runtime
      const options = { signal, onProgress: progress.step, gracePeriodSeconds: flags['grace-period'] }
      await using _session = await sessions.provider.restart(name, options)
    }
    await this.print(`session/${name} restarted\n`)
  }
}
