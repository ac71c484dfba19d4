import { GcCommand, type HelpGroup } from '../command.ts'

export default class Options extends GcCommand {
  static override group: HelpGroup = 'Help'
  static override summary = 'List the global flags, which every command takes.'
  static override examples = ['kubectl gc options']

  async run(): Promise<undefined> {
    await this.parse(Options)
    const { helpTexts } = await import('../help/texts.ts')
    const [, flags = ''] = (helpTexts.commands.options ?? '').split('\nGlobal flags:\n')
    await this.print(`The following flags can be passed to any command:\n\n${flags}`)
  }
}
