import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { appendFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CommandFailed } from './errors.ts'

export interface RunOptions {
  cwd?: string
  env?: Record<string, string>
  /** What the command reads on standard input; nothing by default. */
  input?: string
  /** Milliseconds after which the command is killed and counts as failed; none by default. */
  timeout?: number
}

/** Runs programs for one step: the same environment for all, and one log that keeps everything they print. */
export class Shell {
  readonly log: string | undefined
  readonly env: Record<string, string>

  constructor(log?: string, env: Record<string, string> = {}) {
    this.log = log
    this.env = env
  }

  /** The same shell with more environment variables. */
  with(env: Record<string, string>): Shell {
    return new Shell(this.log, { ...this.env, ...env })
  }

  /**
   * Runs a command to its end and returns what it printed on standard output.
   * @throws {CommandFailed} it exited with another code than 0, was killed, or could not be started
   */
  async run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
    const child = this.#start(command, args, options, options.input === undefined ? 'ignore' : 'pipe')
    const ended = this.#ended(child, [command, ...args], options.timeout)
    if (child.stdin && options.input !== undefined) {
      await pipeline(Readable.from([options.input]), child.stdin).catch(() => undefined)
    }
    return ended
  }

  /** Whether the command exits with 0; its output goes to the log. */
  async succeeds(command: string, args: readonly string[], options: RunOptions = {}): Promise<boolean> {
    return this.run(command, args, options).then(
      () => true,
      () => false,
    )
  }

  /**
   * Feeds the standard output of the first command to the second, and waits for both.
   * @throws {CommandFailed} of the command that failed first; the other one then only followed
   */
  async pipe(from: readonly [string, ...string[]], to: readonly [string, ...string[]]): Promise<void> {
    const source = this.#start(from[0], from.slice(1), {}, 'ignore')
    const sink = this.#start(to[0], to.slice(1), {}, 'pipe')
    const ended = Promise.allSettled([this.#ended(source, from, undefined, false), this.#ended(sink, to)])
    const flow = source.stdout && sink.stdin && pipeline(source.stdout, sink.stdin)
    const sinkWentFirst = await Promise.resolve(flow).then(
      () => false,
      () => true,
    )
    const results = await ended
    for (const result of sinkWentFirst ? results.reverse() : results)
      if (result.status === 'rejected') throw result.reason
  }

  #start(command: string, args: readonly string[], options: RunOptions, stdin: 'ignore' | 'pipe'): ChildProcess {
    const spawnOptions: SpawnOptions = {
      env: { ...process.env, ...this.env, ...options.env },
      stdio: [stdin, 'pipe', 'pipe'],
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    }
    return spawn(command, args, spawnOptions)
  }

  #ended(child: ChildProcess, line: readonly string[], timeout?: number, keepsOutput = true): Promise<string> {
    const printed: Buffer[] = []
    const output: Buffer[] = []
    if (keepsOutput) {
      child.stdout?.on('data', (chunk: Buffer) => {
        printed.push(chunk)
        output.push(chunk)
      })
    }
    child.stderr?.on('data', (chunk: Buffer) => output.push(chunk))
    const timer = timeout === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeout)
    const shown = line.map(quoted).join(' ')
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    child.on('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'ENOENT' ? `${line[0]} is not on PATH; install it and try again` : error.message
      reject(new CommandFailed(shown, why, '', this.log, error))
    })
    child.on('close', async (code, signal) => {
      clearTimeout(timer)
      const all = Buffer.concat(output).toString()
      if (this.log) await appendFile(this.log, `$ ${shown}\n${all}`).catch(() => undefined)
      if (code === 0) resolve(Buffer.concat(printed).toString())
      else reject(new CommandFailed(shown, signal ? `killed by ${signal}` : `exit code ${code}`, all, this.log))
    })
    return promise
  }
}

/** A word as a shell would need it, so that a failed command can be pasted and tried again. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
