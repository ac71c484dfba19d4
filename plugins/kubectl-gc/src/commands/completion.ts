import { GcCommand, type HelpGroup } from '../command.ts'
import * as Args from '../flags/define-args.ts'

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const

export default class Completion extends GcCommand {
  static override group: HelpGroup = 'Help'
  static override summary = 'Print the script that completes kubectl-gc in your shell.'
  static override description =
    'For kubectl gc no script is needed: kubectl completes it by its own, once kubectl gc completion install has put kubectl_complete-gc on PATH.'
  static override examples = [
    'source <(kubectl gc completion bash)',
    'kubectl gc completion fish > ~/.config/fish/completions/kubectl-gc.fish',
  ]
  static override args = {
    shell: Args.string({ required: true, ignoreStdin: true, options: [...shells], description: 'The shell.' }),
  }

  async run(): Promise<undefined> {
    const { args } = await this.parse(Completion)
    const { scripts } = await import('../completion/scripts.ts')
    await this.print(scripts[args.shell as (typeof shells)[number]])
  }
}
