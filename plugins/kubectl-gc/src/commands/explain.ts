import { GcCommand, type HelpGroup } from '../command.ts'
import * as Flags from '../flags/define.ts'
import * as Args from '../flags/define-args.ts'

export default class Explain extends GcCommand {
  static override group: HelpGroup = 'Help'
  static override summary = 'Explain a field: of a session, of the files of a city, of the values of a bundle.'
  static override description =
    'The first word of the path says of what: session, city (city.toml), agent (agent.toml), or the name of a bundle. Asks no cluster.'
  static override examples = [
    'kubectl gc explain session',
    'kubectl gc explain session.status.phase',
    'kubectl gc explain sessions.dolt --recursive',
    'kubectl gc explain agent.depends_on',
  ]
  static override args = {
    field: Args.string({ required: true, ignoreStdin: true, description: 'The path of the field.' }),
  }
  static override flags = {
    recursive: Flags.boolean({ summary: 'Only the names and types of fields, with all fields below.' }),
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Explain)
    const [{ subjectCalled }, { findField }, { explanation }] = await Promise.all([
      import('../explain/subject.ts'),
      import('../explain/find-field.ts'),
      import('../explain/text.ts'),
    ])
    const path = args.field.split('.').filter((word) => word !== '')
    const subject = await subjectCalled(path[0] ?? '')
    await this.print(explanation(subject, path, findField(subject.schema, path), flags.recursive ?? false))
  }
}
