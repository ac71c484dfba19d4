import { basename } from 'node:path'
import { GcCommand, type HelpGroup } from '../../command.ts'
import { installCompletion } from '../../completion/install.ts'
import * as Flags from '../../flags/define.ts'

const loading: Record<string, string> = {
  bash: 'source <(kubectl completion bash)',
  zsh: 'source <(kubectl completion zsh)',
  fish: 'kubectl completion fish | source',
}

export default class CompletionInstall extends GcCommand {
  static override group: HelpGroup = 'Help'
  static override summary = 'Put kubectl_complete-gc on PATH, which kubectl asks to complete kubectl gc.'
  static override description = 'It is put beside kubectl-gc unless --dir says otherwise. What is there already stays.'
  static override examples = ['kubectl gc completion install', 'kubectl gc completion install --dir ~/.local/bin']
  static override flags = {
    dir: Flags.string({ helpValue: 'DIR', summary: 'The folder, which must be on PATH.' }),
  }

  async run(): Promise<undefined> {
    const { flags } = await this.parse(CompletionInstall)
    const { env } = this.runtime
    const { path, isNew } = await installCompletion(env, flags.dir)
    await this.print(`${path} ${isNew ? 'written' : 'is there already'}\n`)
    const line = loading[basename(env.SHELL ?? '')] ?? loading.bash
    await this.note(`Where kubectl's own completion is not loaded yet: ${line}`)
  }
}
