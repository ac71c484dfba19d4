import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Shell } from './shell.ts'

/** A step shorter than this many milliseconds is not worth a line. */
const worthALine = 500

/** Tells what the lab is doing: one line on stderr per finished step, the running ones repainted on a terminal. */
export class Progress {
  readonly #logs: string
  readonly #out: NodeJS.WriteStream
  readonly #running = new Set<string>()
  #last = 'the start'
  readonly #listeners = new Set<(step: string) => void>()

  constructor(logs: string, out: NodeJS.WriteStream = process.stderr) {
    this.#logs = logs
    this.#out = out
  }

  /** What is being done now, for people; between two steps still the last one. */
  get now(): string {
    return [...this.#running].join(', ') || this.#last
  }

  /** Calls the listener at every change of `now`. */
  onChange(listener: (step: string) => void): void {
    this.#listeners.add(listener)
  }

  /** Does a named piece of work; its commands share a shell that logs to `<logs>/<name>.log`. */
  async step<T>(name: string, work: (shell: Shell) => Promise<T>): Promise<T> {
    const log = join(this.#logs, `${name.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()}.log`)
    await mkdir(this.#logs, { recursive: true })
    await writeFile(log, '')
    const started = performance.now()
    this.#running.add(name)
    this.#changed()
    try {
      const result = await work(new Shell(log))
      this.#finish(name, started, '')
      return result
    } catch (error) {
      this.#finish(name, started, ' (failed)')
      throw error
    }
  }

  /** One line about something that is not a step. */
  say(line: string): void {
    this.#erase()
    this.#out.write(`${line}\n`)
    this.#paint()
  }

  #finish(name: string, started: number, ending: string): void {
    const elapsed = performance.now() - started
    this.#running.delete(name)
    this.#last = name
    if (elapsed >= worthALine || ending) this.say(`${name} ... ${seconds(elapsed)}${ending}`)
    this.#changed()
  }

  #changed(): void {
    for (const listener of this.#listeners) listener(this.now)
    this.#erase()
    this.#paint()
  }

  #erase(): void {
    if (this.#out.isTTY) this.#out.write('\r\x1b[2K')
  }

  #paint(): void {
    if (this.#out.isTTY && this.#running.size > 0) this.#out.write(`${this.now} ...`.slice(0, this.#out.columns - 1))
  }
}

function seconds(milliseconds: number): string {
  return milliseconds < 9950 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.round(milliseconds / 1000)} s`
}
