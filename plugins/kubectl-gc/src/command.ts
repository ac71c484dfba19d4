import { Command } from '@oclif/core/command'
import type { Config } from '@oclif/core/config'
import { globalFlags } from './flags/global.ts'
import { type GlobalFlagValues, type SessionDefaults, targetOf } from './flags/target.ts'
import type { Runtime, Sessions } from './runtime.ts'

/** Under which heading `kubectl gc --help` lists a command. */
export type HelpGroup = 'Sessions' | 'City' | 'Cluster' | 'Help'

/** What a command is told beside its words. */
export interface Invocation {
  runtime: Runtime
  /** The words after `--`; undefined without one. */
  rest?: string[] | undefined
}

/** A command of `kubectl gc`. `run` resolves with the exit code, nothing meaning 0, and throws for every failure. */
export abstract class GcCommand extends Command {
  static group: HelpGroup = 'Sessions'
  static override baseFlags = globalFlags
  /** Whether words after `--` mean something of their own. Otherwise they are ordinary arguments. */
  static takesRest = false
  /** What an option means that is typed without a value, by its name. */
  static bareValues: Record<string, string> = {}

  protected readonly runtime: Runtime
  protected readonly rest: string[] | undefined
  #openAgain: (() => Promise<Sessions>) | undefined

  constructor(argv: string[], config: Config, invocation: Invocation) {
    super(argv, config)
    this.runtime = invocation.runtime
    this.rest = invocation.rest
  }

  abstract override run(): Promise<number | undefined>

  /** Runs to the exit code. */
  async execute(): Promise<number> {
    try {
      return (await this.run()) ?? 0
    } catch (error) {
      if (this.#openAgain === undefined) throw error
      const words = [...(this.id ?? '').split(':'), ...this.argv]
      throw await (await import('./errors/nearest-session.ts')).nameNearestSession(error, words, this.#openAgain)
    }
  }

  /** The sessions that the global flags point at. The caller disposes of it. */
  protected sessions(flags: GlobalFlagValues, defaults?: SessionDefaults): Promise<Sessions> {
    this.#openAgain = () => this.runtime.openSessions(targetOf(flags), defaults)
    return this.#openAgain()
  }

  /** Writes data for other programs to read, and waits until it is taken. */
  protected print(data: string | Uint8Array): Promise<void> {
    return write(this.runtime.stdout, data)
  }

  /** Passes on another program's stderr. */
  protected printError(data: Uint8Array): Promise<void> {
    return write(this.runtime.stderr, data)
  }

  /** Writes one line for people to read. */
  protected note(line: string): Promise<void> {
    return write(this.runtime.stderr, `${line}\n`)
  }
}

function write(stream: Runtime['stdout'], data: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(data, (error) => (error ? reject(error) : resolve()))
  })
}

/** A command's class, as the table of commands holds it. */
export type GcCommandClass = Pick<typeof GcCommand, keyof typeof GcCommand> &
  (new (
    argv: string[],
    config: Config,
    invocation: Invocation,
  ) => GcCommand)
