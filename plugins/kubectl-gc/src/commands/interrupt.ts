import { GcCommand } from '../command.ts'
import { sessionArg } from '../flags/session.ts'
import { sessionName } from '../session-name.ts'

export default class Interrupt extends GcCommand {
  static override summary = "Press C-c at a session's terminal."
  static override examples = ['kubectl gc interrupt mayor', 'kubectl gc interrupt mayor --namespace team-a']
  static override args = { name: sessionArg }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Interrupt)
    const name = sessionName(args.name)
    await using sessions = await this.sessions(flags)
    await sessions.provider.interrupt(name, { signal: this.runtime.signal })
    await this.print(`session/${name} interrupted\n`)
  }
}
