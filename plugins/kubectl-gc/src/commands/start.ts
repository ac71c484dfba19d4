import * as Flags from '@oclif/core/flags'
import { GcCommand } from '../command.ts'
import { commandLine } from '../flags/command-line.ts'
import { parseEnv } from '../flags/env.ts'
import { resourceFlags, sessionArg } from '../flags/session.ts'
import { startProgress } from '../output/progress.ts'
import { sessionName } from '../session-name.ts'

/** What a session runs where neither a flag nor a variable says. */
const DEFAULT_IMAGE = 'gc-agent:latest'

export default class Start extends GcCommand {
  static override summary = 'Start a session and wait until it takes input.'
  static override description = 'A start that fails, or that you interrupt, removes what it made.'
  static override usage = 'start NAME [flags] [-- COMMAND [ARGS...]]'
  static override examples = [
    'kubectl gc start mayor',
    'kubectl gc start mayor --image registry.example.com/gc-agent:1.4 --nudge "read AGENTS.md" -- claude',
    'kubectl gc start coder-1 --env GC_AGENT=coder --cpu-request 250m --command "npm ci && exec claude"',
  ]
  static override takesRest = true
  static override args = { name: sessionArg }
  static override flags = {
    image: Flags.string({ helpValue: 'IMAGE', summary: 'Container image (GC_K8S_IMAGE, default gc-agent:latest).' }),
    command: Flags.string({ helpValue: 'LINE', summary: 'Shell command line of the agent (default: a shell).' }),
    env: Flags.string({
      helpValue: 'KEY=VALUE',
      multiple: true,
      multipleNonGreedy: true,
      summary: "A variable of the agent's environment; can be repeated.",
    }),
    nudge: Flags.string({ helpValue: 'TEXT', summary: 'A message to type once the session takes input.' }),
    ...resourceFlags,
    'service-account': Flags.string({
      helpValue: 'NAME',
      summary: "The pod's service account (GC_K8S_SERVICE_ACCOUNT, default none and no token).",
    }),
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Start)
    const name = sessionName(args.name)
    const config = {
      command: commandLine(flags.command, this.rest),
      env: parseEnv(flags.env ?? []),
      nudge: flags.nudge,
    }
    const { env } = this.runtime
    const defaults = {
      image: flags.image ?? (env.GC_K8S_IMAGE || env.GC_K8S_RIG_IMAGES ? undefined : DEFAULT_IMAGE),
      cpuRequest: flags['cpu-request'],
      memoryRequest: flags['memory-request'],
      cpuLimit: flags['cpu-limit'],
      memoryLimit: flags['memory-limit'],
      serviceAccount: flags['service-account'],
    }
    await using sessions = await this.sessions(flags, defaults)
    {
      using progress = startProgress(this.runtime.stderr)
      const options = { signal: this.runtime.signal, onProgress: progress.step }
      await using _session = await sessions.provider.start(name, config, options)
    }
    await this.print(`session/${name} started\n`)
  }
}
