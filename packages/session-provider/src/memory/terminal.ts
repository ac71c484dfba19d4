import type { StartConfig } from '../provider.ts'
import type { MemorySessionProviderOptions } from './options.ts'

/** Rows that the screen shows; what is above them is scrollback. */
const ROWS = 50
const HISTORY = 50_000

/** The terminal of one session in memory: what was done to it, and what it shows. Tests read it and print as the agent. */
export class MemoryTerminal {
  readonly name: string
  /** What the session was started with. */
  readonly config: StartConfig
  readonly createdAt = new Date()
  /** Every message that was typed and submitted, in order. */
  readonly nudges: Buffer[] = []
  /** Every key that was pressed by name or typed by `sendKeys`, in order. */
  readonly keys: string[] = []
  readonly meta = new Map<string, string>()
  /** What was copied into the session, by absolute path; the workspace is `/workspace`. */
  readonly files = new Map<string, Buffer>()
  /** Names of the processes that `processAlive` finds. At first: the first word of the command. */
  readonly processes: Set<string>
  /** How often it was interrupted. */
  interrupts = 0
  /** How many people's terminals are attached. */
  attached = 0
  lastActivity = new Date()
  /** The agent's, once it has ended. */
  exitCode: number | undefined
  /** Settles with the exit code once the session has ended. */
  readonly ended: Promise<number>
  readonly #options: MemorySessionProviderOptions
  readonly #end: (exitCode: number) => void
  readonly #listeners = new Set<(text: string) => void>()
  readonly #changes = new Set<() => void>()
  #text = ''
  #line: Buffer = Buffer.alloc(0)

  constructor(name: string, config: StartConfig, options: MemorySessionProviderOptions) {
    const { promise, resolve } = Promise.withResolvers<number>()
    this.name = name
    this.config = config
    this.processes = new Set(config.command?.trim().split(/\s+/, 1))
    this.ended = promise
    this.#end = resolve
    this.#options = options
  }

  /** All that the terminal has shown and still remembers. */
  get text(): string {
    return this.#text
  }

  /** Prints as the agent. */
  print(text: string): void {
    this.#text = lastLines(this.#text + text, HISTORY)
    this.lastActivity = new Date()
    for (const listener of this.#listeners) listener(text)
  }

  /** Tells of everything that is printed from now on; returns what ends that. */
  onPrint(listener: (text: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Tells that the session has ended, or that its metadata has changed. */
  onChange(listener: () => void): void {
    this.#changes.add(listener)
  }

  /** Sets a key of the metadata, or removes it. */
  setMeta(key: string, value: string | undefined): void {
    if (value === undefined) this.meta.delete(key)
    else this.meta.set(key, value)
    for (const listener of this.#changes) listener()
  }

  /** Types without submitting. The terminal echoes it. */
  type(bytes: Uint8Array): void {
    this.#line = Buffer.concat([this.#line, bytes])
    this.print(Buffer.from(bytes).toString())
  }

  /** Submits what has been typed. */
  submit(): void {
    const line = this.#line
    this.#line = Buffer.alloc(0)
    this.nudges.push(line)
    this.print('\n')
    this.#options.onNudge?.(this, line.toString())
  }

  /** Types C-c, which drops what has been typed. */
  interrupt(): void {
    this.interrupts++
    this.#line = Buffer.alloc(0)
    this.print('^C\n')
    this.#options.onInterrupt?.(this)
  }

  /** Presses a key as tmux names it; a word that names none is typed. */
  press(key: string): void {
    this.keys.push(key)
    if (key === 'Enter') this.submit()
    else if (key === 'C-c') this.interrupt()
    else if (key === 'Space') this.type(Buffer.from(' '))
    else if (!NAMED_KEY.test(key)) this.type(Buffer.from(key))
  }

  /** Forgets what has left the screen. */
  clearScrollback(): void {
    this.#text = lastLines(this.#text, ROWS)
  }

  /** Ends the session, as when its agent exits. */
  end(exitCode = 0): void {
    if (this.exitCode !== undefined) return
    this.exitCode = exitCode
    this.processes.clear()
    this.#end(exitCode)
    for (const listener of this.#changes) listener()
  }
}

const NAMED_KEY =
  /^([CMS]-.|[CMS]-[CMS]-.|Up|Down|Left|Right|Escape|Tab|BTab|BSpace|Home|End|[PN]Page|PageUp|PageDown|IC|DC|F[1-9][0-2]?)$/

function lastLines(text: string, count: number): string {
  const lines = text.split('\n')
  return lines.slice(-count - (lines.at(-1) === '' ? 1 : 0)).join('\n')
}
