import type { ArgInput, FlagInput, Input, OutputArgs, OutputFlags, ParserOutput } from '@oclif/core/interfaces'
import { globalFlags } from './flags/global.ts'
import { type GlobalFlagValues, type SessionDefaults, targetOf } from './flags/target.ts'
import { clearProgress } from './output/progress.ts'
import { parsePlainly } from './parse/plainly.ts'
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
export abstract class GcCommand {
  /** The words that name it, with colons between. */
  static id = ''
  static group: HelpGroup = 'Sessions'
  static summary = ''
  static description: string | undefined
  static examples: string[] = []
  /** What stands behind `kubectl gc` in the line that shows how it is typed; undefined: what follows from the rest. */
  static usage: string | undefined
  static args: ArgInput = {}
  static flags: FlagInput = {}
  static baseFlags = globalFlags
  /** Whether words after `--` mean something of their own. Otherwise they are ordinary arguments. */
  static takesRest = false
  /** What an option means that is typed without a value, by its name. */
  static bareValues: Record<string, string> = {}

  protected readonly argv: string[]
  protected readonly runtime: Runtime
  protected readonly rest: string[] | undefined
  #openAgain: (() => Promise<Sessions>) | undefined

  constructor(argv: string[], invocation: Invocation) {
    this.argv = argv
    this.runtime = invocation.runtime
    this.rest = invocation.rest
  }

  abstract run(): Promise<number | undefined>

  /** Runs to the exit code. */
  async execute(): Promise<number> {
    try {
      return (await this.run()) ?? 0
    } catch (error) {
      if (this.#openAgain === undefined) throw error
      const words = [...(this.constructor as GcCommandClass).id.split(':'), ...this.argv]
      throw await (await import('./errors/nearest-session.ts')).nameNearestSession(error, words, this.#openAgain)
    }
  }

  /** The arguments and flags that were typed, as the command's class defines them. @throws what oclif's parser refuses */
  protected async parse<
    F extends OutputFlags<FlagInput>,
    B extends OutputFlags<FlagInput>,
    A extends OutputArgs<ArgInput>,
  >(Class: Input<F, B, A>): Promise<Pick<ParserOutput<F, B, A>, 'args' | 'flags'>> {
    const parsed =
      (await parsePlainly(Class, this.argv)) ??
      (await (await import('./parse/by-oclif.ts')).parseByOclif(Class, this.argv))
    return parsed as Pick<ParserOutput<F, B, A>, 'args' | 'flags'>
  }

  /** The sessions that the global flags point at. The caller disposes of it. */
  protected sessions(flags: GlobalFlagValues, defaults?: SessionDefaults): Promise<Sessions> {
    this.#openAgain = () => this.runtime.openSessions(targetOf(flags), defaults)
    return this.#openAgain()
  }

  /** Writes data for other programs to read, and waits until it is taken. */
  protected print(data: string | Uint8Array): Promise<void> {
    clearProgress(this.runtime.stderr)
    return write(this.runtime.stdout, data)
  }

  /** Passes on another program's stderr. */
  protected printError(data: Uint8Array): Promise<void> {
    return write(this.runtime.stderr, data)
  }

  /** Writes one line for people to read. */
  protected note(line: string): Promise<void> {
    clearProgress(this.runtime.stderr)
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
    invocation: Invocation,
  ) => GcCommand)
