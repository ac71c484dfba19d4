import { randomUUID } from 'node:crypto'
import { abortable } from '../deadline.ts'
import { isSessionError, OutcomeUnknown } from '../errors.ts'
import type { SessionProvider } from '../provider.ts'
import type { RunningCommand } from '../run/running-command.ts'
import { hasProcess, hasState, listEnd, listProcessesAgainCommand, statesOnly } from '../verbs/process-alive.ts'

/** Milliseconds that a shell is kept for the next call. */
const KEPT = 120_000

/** The shells that list the processes of sessions: one for each session that is asked about, kept for a while. */
export class ProcessLists {
  readonly #most: number
  /** In the order of their last use. */
  readonly #shells = new Map<string, Promise<Shell>>()

  constructor(most: number) {
    this.#most = most
  }

  /** As `SessionProvider.processAlive`. @param key tells the session from those of other providers */
  async isAlive(
    provider: SessionProvider,
    session: string,
    key: string,
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<boolean> {
    if (names.length === 0) return true
    const attempt = () => this.#ask(provider, session, key, names, signal)
    try {
      return await attempt().catch((error) => (wasCut(error) ? attempt() : Promise.reject(error)))
    } catch (error) {
      if (isSessionError(error) && error.name === 'SessionNotFound') return false
      throw error
    }
  }

  close(): void {
    for (const shell of this.#shells.values()) shell.then((open) => open.close()).catch(() => {})
    this.#shells.clear()
  }

  async #ask(...[provider, session, key, names, signal]: Parameters<ProcessLists['isAlive']>): Promise<boolean> {
    const opening = this.#shells.get(key) ?? this.#open(provider, session, key)
    this.#shells.delete(key)
    this.#shells.set(key, opening)
    const shell = await abortable(opening, signal)
    const separator = randomUUID()
    try {
      if (hasState(await abortable(shell.list(separator, statesOnly(separator)), signal), separator, names)) return true
      return hasProcess(await abortable(shell.list(separator), signal), separator, names)
    } catch (error) {
      if (this.#shells.get(key) === opening) this.#shells.delete(key)
      shell.close() // it may never answer anybody
      throw error
    }
  }

  #open(provider: SessionProvider, session: string, key: string): Promise<Shell> {
    const opening = provider.spawn(session, listProcessesAgainCommand).then((command) => new Shell(command))
    const forget = () => {
      if (this.#shells.get(key) === opening) this.#shells.delete(key)
    }
    opening.then((shell) => shell.closed.then(forget), forget)
    const [oldest] = this.#shells
    if (oldest !== undefined && this.#shells.size >= this.#most)
      oldest[1].then((shell) => shell.close()).catch(() => {})
    return opening
  }
}

function wasCut(error: unknown): boolean {
  return isSessionError(error) && error.name === 'OutcomeUnknown'
}

/** A shell beside the agent that lists processes when it is told to. */
class Shell {
  readonly closed: Promise<void>
  readonly #command: RunningCommand
  readonly #idle: NodeJS.Timeout
  #last: Promise<unknown> = Promise.resolve()
  #isClosed = false

  constructor(command: RunningCommand) {
    this.#command = command
    command.stderr.resume()
    this.#idle = setTimeout(() => this.close(), KEPT).unref()
    this.closed = command.wait().then(
      () => this.#end(),
      () => this.#end(),
    )
  }

  /** What it prints for a line, which is or begins with a separator. Callers wait for each other. */
  list(separator: string, line = separator): Promise<string> {
    this.#idle.refresh()
    const listing = this.#last.then(() => this.#list(separator, line))
    this.#last = listing.catch(() => this.close())
    return listing
  }

  close(): void {
    this.#command.stdin.end()
  }

  #list(separator: string, line: string): Promise<string> {
    const { stdin, stdout } = this.#command
    const end = listEnd(separator)
    let text = ''
    return new Promise((resolve, reject) => {
      const read = (chunk: Buffer) => {
        text += chunk.toString('latin1')
        if (text.endsWith(end)) settle(() => resolve(utf8(text.slice(0, -end.length))))
      }
      const settle = (act: () => void) => {
        stdout.off('data', read)
        act()
      }
      const cut = () => settle(() => reject(new OutcomeUnknown('the connection to the session was cut')))
      if (this.#isClosed) return cut()
      stdout.on('data', read)
      this.closed.then(cut)
      stdin.write(`${line}\n`)
    })
  }

  #end(): void {
    this.#isClosed = true
    clearTimeout(this.#idle)
  }
}

function utf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString()
}
