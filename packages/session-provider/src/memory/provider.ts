import { changesOf } from '../engine/changes.ts'
import { assertPlainLog, firstBytes } from '../engine/plain-log.ts'
import { SessionVerbs } from '../engine/session-verbs.ts'
import { InvalidArgument, SessionError, SessionExists, SessionNotFound, SourceNotFound } from '../errors.ts'
import type * as api from '../provider.ts'
import { type RunningCommand, runningCommand } from '../run/running-command.ts'
import { assertSessionName } from '../starting/session-name.ts'
import type { CommandStream } from '../tmux/transport.ts'
import type { AttachTerminal } from '../verbs/attach.ts'
import { attachTo } from './attach.ts'
import { Bell } from './bell.ts'
import { answeredCommand } from './command.ts'
import { copyIn, inWorkspace } from './files.ts'
import { toInfo } from './info.ts'
import { printed } from './logs.ts'
import type { MemorySessionProviderOptions } from './options.ts'
import { MemorySession } from './session.ts'
import { MemoryTerminal } from './terminal.ts'

/** Exit code of an agent that was hung up on. */
const HUNG_UP = 129

/** A provider whose sessions run nothing and live in this process, for the tests of programs that drive sessions. */
export interface MemorySessionProvider extends api.SessionProvider {
  /** The terminal of a session, running or ended, to read and to print to. @throws {SessionNotFound} */
  terminal(name: string): MemoryTerminal
}

/**
 * Sessions in memory: no tmux, no processes, no cluster. They answer at once, with the checks and the errors of real
 * ones; what their agents do is said by callbacks.
 */
export function memorySessionProvider(options: MemorySessionProviderOptions = {}): MemorySessionProvider {
  return new Provider(options)
}

class Provider extends SessionVerbs implements MemorySessionProvider {
  readonly #options: MemorySessionProviderOptions
  readonly #terminals: Map<string, MemoryTerminal>
  readonly #changed = new Bell()
  readonly #closing = new AbortController()

  constructor(options: MemorySessionProviderOptions) {
    const terminals = new Map<string, MemoryTerminal>()
    super(async (name) => new MemorySession(running(terminals, name)))
    this.#options = options
    this.#terminals = terminals
  }

  terminal(name: string): MemoryTerminal {
    const terminal = this.#terminals.get(name)
    if (terminal === undefined) throw notFound(name, 'there is none in this provider')
    return terminal
  }

  async start(name: string, config: api.StartConfig = {}, { signal }: api.StartOptions = {}): Promise<MemorySession> {
    assertSessionName(name)
    await undefined
    signal?.throwIfAborted()
    if (this.#runs(name)) {
      throw new SessionExists(name, { suggestion: `end it first: provider.stop(${JSON.stringify(name)})` })
    }
    const terminal = new MemoryTerminal(name, config, this.#options)
    terminal.onChange(() => this.#changed.ring())
    this.#terminals.set(name, terminal)
    this.#changed.ring()
    this.#options.onStart?.(terminal, config)
    const session = new MemorySession(terminal)
    this.sessions.keep(session)
    if (config.nudge) await session.nudge(config.nudge)
    return session
  }

  async stop(name: string, { signal }: api.StopOptions = {}): Promise<boolean> {
    signal?.throwIfAborted()
    this.#terminals.get(name)?.end(HUNG_UP)
    const wasThere = this.#terminals.delete(name)
    this.#changed.ring()
    return wasThere
  }

  override async isRunning(name: string, { signal }: api.CallOptions = {}): Promise<boolean> {
    signal?.throwIfAborted()
    return this.#runs(name)
  }

  #runs(name: string): boolean {
    const terminal = this.#terminals.get(name)
    return terminal !== undefined && terminal.exitCode === undefined
  }

  async listRunning(prefix = '', options: api.CallOptions = {}): Promise<string[]> {
    const sessions = await this.list(options)
    return sessions.filter(({ name, phase }) => phase === 'Running' && name.startsWith(prefix)).map(({ name }) => name)
  }

  async list({ signal }: api.CallOptions = {}): Promise<api.SessionInfo[]> {
    signal?.throwIfAborted()
    return [...this.#terminals.values()].map(toInfo).sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  async describe(name: string, options: api.CallOptions = {}): Promise<api.SessionInfo | undefined> {
    return (await this.list(options)).find((session) => session.name === name)
  }

  watch({ signal, onLive }: api.WatchOptions = {}): AsyncGenerator<api.SessionChange> {
    onLive?.(true)
    const either = AbortSignal.any([this.#closing.signal, ...(signal === undefined ? [] : [signal])])
    return changesOf(
      () => this.list({ signal: either }),
      () => this.#changed.rung(),
      either,
    )
  }

  override async processAlive(
    name: string,
    processNames: readonly string[],
    { signal }: api.CallOptions = {},
  ): Promise<boolean> {
    signal?.throwIfAborted()
    const processes = this.#terminals.get(name)?.processes
    return processNames.length === 0 || processNames.some((processName) => processes?.has(processName))
  }

  override async spawn(
    name: string,
    command: string[],
    { signal, stdin, tty }: api.SpawnOptions = {},
  ): Promise<RunningCommand> {
    signal?.throwIfAborted()
    if (tty !== undefined) throw new InvalidArgument('a command in a session in memory can be given no terminal')
    const stream = answeredCommand(running(this.#terminals, name), command, this.#options.onExec)
    if (stdin !== undefined) stream.stdin.end(stdin)
    return runningCommand(stream, stream, async () => stream.close(), signal)
  }

  override async copyTo(name: string, source: string, target = '', { signal }: api.CallOptions = {}): Promise<void> {
    signal?.throwIfAborted()
    await copyIn(running(this.#terminals, name), source, target)
  }

  override async *copyFrom(name: string, path: string, { signal }: api.CallOptions = {}): AsyncGenerator<Uint8Array> {
    signal?.throwIfAborted()
    const content = running(this.#terminals, name).files.get(inWorkspace(path))
    if (content === undefined) throw new SourceNotFound(`session "${name}" has no file "${path}"`)
    yield content
  }

  async attach(name: string, terminal: AttachTerminal, options: api.AttachOptions = {}): Promise<number> {
    return attachTo(running(this.#terminals, name), terminal, options)
  }

  async *logs(name: string, options: api.LogOptions = {}): AsyncGenerator<Uint8Array> {
    const { follow = false, tailLines, limitBytes, signal } = options
    signal?.throwIfAborted()
    assertPlainLog(options, 'in memory')
    yield* firstBytes(printed(this.terminal(name), follow, tailLines, signal), limitBytes)
  }

  /** Ends every session: nothing else keeps them. */
  async close(): Promise<void> {
    this.#closing.abort(new SessionError('the provider was closed'))
    for (const terminal of this.#terminals.values()) terminal.end(HUNG_UP)
    this.sessions.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  protected override async run(): Promise<CommandStream> {
    throw new SessionError('a session in memory has no processes')
  }

  protected override toSessionError(error: unknown): unknown {
    return error
  }
}

function running(terminals: Map<string, MemoryTerminal>, name: string): MemoryTerminal {
  const terminal = terminals.get(name)
  if (terminal === undefined) throw notFound(name, 'there is none in this provider')
  if (terminal.exitCode !== undefined) throw notFound(name, `the agent ended with exit code ${terminal.exitCode}`)
  return terminal
}

function notFound(name: string, why: string): SessionNotFound {
  return new SessionNotFound(name, { why, suggestion: 'see which sessions run: provider.list()' })
}
