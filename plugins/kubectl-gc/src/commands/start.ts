import type { AsAgent, Given } from '../city/as-agent.ts'
import { findCity } from '../city/find.ts'
import { GcCommand } from '../command.ts'
import { cityFlag } from '../flags/city.ts'
import { commandLine } from '../flags/command-line.ts'
import * as Flags from '../flags/define.ts'
import { dryRunFlag } from '../flags/dry-run.ts'
import { parseEnv } from '../flags/env.ts'
import { outputFlag } from '../flags/output.ts'
import { resourceFlags, sessionArg } from '../flags/session.ts'
import { type Target, targetOf } from '../flags/target.ts'
import { printPod } from '../output/print-pod.ts'
import { isObjectFormat, printSession } from '../output/print-sessions.ts'
import { startProgress } from '../output/progress.ts'
import { sessionName } from '../session-name.ts'

/** What a session runs where neither a flag nor a variable says. */
const DEFAULT_IMAGE = 'gc-agent:latest'

export default class Start extends GcCommand {
  static override summary = 'Start a session and wait until it takes input.'
  static override description =
    'In the folder of a city, or below it, an agent of the city is started as its files say; flags win. A start that fails, or that you interrupt, removes what it made. A dry run prints the pod that would be made, where a format asks for objects.'
  static override usage = 'start NAME [flags] [-- COMMAND [ARGS...]]'
  static override examples = [
    'kubectl gc start mayor',
    'kubectl gc start mayor --image registry.example.com/gc-agent:1.4 --nudge "read AGENTS.md" -- claude',
    'kubectl gc start mayor --dry-run client --output yaml',
    'kubectl gc start coder-1 --env GC_AGENT=coder --cpu-request 250m --command "npm ci && exec claude"',
  ]
  static override takesRest = true
  static override bareValues = { 'dry-run': 'client' }
  static override args = { name: sessionArg }
  static override flags = {
    city: cityFlag,
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
    'dry-run': dryRunFlag(),
    output: outputFlag(),
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Start)
    const name = sessionName(args.name)
    const { env } = this.runtime
    const given = {
      command: commandLine(flags.command, this.rest),
      env: parseEnv(flags.env ?? []),
      nudge: flags.nudge,
      pod: known({
        image: flags.image,
        cpuRequest: flags['cpu-request'],
        memoryRequest: flags['memory-request'],
        cpuLimit: flags['cpu-limit'],
        memoryLimit: flags['memory-limit'],
        serviceAccount: flags['service-account'],
      }),
    }
    const { config, pod, target, notes } = await this.resolve(name, given, flags.city, targetOf(flags))
    for (const note of notes) await this.note(`Note: ${note}`)
    const image = pod.image ?? (env.GC_K8S_IMAGE || env.GC_K8S_RIG_IMAGES ? undefined : DEFAULT_IMAGE)
    await using sessions = await this.runtime.openSessions(target, { ...pod, image })
    const { output, 'dry-run': dryRun } = flags
    const format = output !== undefined && isObjectFormat(output) ? output : undefined
    if (dryRun !== 'none') {
      const server = dryRun === 'server'
      const preview = await sessions.provider.preview(name, config, { server, signal: this.runtime.signal })
      const how = server ? 'server dry run' : 'dry run'
      return void (await this.print(format ? await printPod(format, preview) : `session/${name} started (${how})\n`))
    }
    {
      using progress = startProgress(this.runtime.stderr)
      const options = { signal: this.runtime.signal, onProgress: progress.step }
      await using _session = await sessions.provider.start(name, config, options)
    }
    const started = format && (await sessions.provider.describe(name, { signal: this.runtime.signal }))
    await this.print(format && started ? await printSession(format, started) : `session/${name} started\n`)
  }

  /** As the agent of the city that this folder is in, where there is one. */
  private async resolve(name: string, given: Given, folder: string | undefined, target: Target): Promise<AsAgent> {
    const { env, cwd } = this.runtime
    if ((await findCity({ city: folder, env, cwd })) !== undefined) {
      const { asAgent } = await import('../city/as-agent.ts')
      const found = await asAgent(name, given, { folder, target, env, cwd })
      if (found !== undefined) return found
    }
    const { pod, ...config } = given
    return { config, pod, target, notes: [] }
  }
}

/** The same object without what is undefined. */
function known<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T
}
