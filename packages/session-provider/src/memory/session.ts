import { PassThrough, Writable } from 'node:stream'
import { InvalidArgument, OutcomeUnknown, TmuxError } from '../errors.ts'
import { Session } from '../session.ts'
import { ControlClient, StreamClosed } from '../tmux/control-client.ts'
import { LineSplitter } from '../tmux/lines.ts'
import { quote } from '../tmux/quote.ts'
import type { CommandStream } from '../tmux/transport.ts'
import { checkKey, checkValue } from '../verbs/meta.ts'
import { lastRows, type PeekRange } from '../verbs/peek.ts'
import { keyWords } from '../verbs/send-keys.ts'
import type { MemoryTerminal } from './terminal.ts'

/** A session whose verbs act on a terminal in memory, with the checks and the errors of one that has a tmux. */
export class MemorySession extends Session {
  readonly terminal: MemoryTerminal

  constructor(terminal: MemoryTerminal) {
    super(terminal.name, new ControlClient(streamOf(terminal), new LineSplitter()))
    this.terminal = terminal
  }

  override nudge(text: string | Uint8Array): Promise<void> {
    return this.#answer(() => {
      if (text.length === 0) throw new InvalidArgument('a nudge needs a text')
      quote(text)
      this.terminal.type(Buffer.from(text as Uint8Array))
      this.terminal.submit()
    })
  }

  override peek({ lines = 50 }: PeekRange = {}): Promise<string> {
    return this.#answer(() => lastRows(this.terminal.text, lines))
  }

  override interrupt(): Promise<void> {
    return this.#answer(() => this.terminal.interrupt())
  }

  override sendKeys(keys: readonly string[]): Promise<void> {
    return this.#answer(() => {
      keyWords(keys)
      for (const key of keys) this.terminal.press(key)
    })
  }

  override clearScrollback(): Promise<void> {
    return this.#answer(() => this.terminal.clearScrollback())
  }

  override lastActivity(): Promise<Date> {
    return this.#answer(() => new Date(Math.floor(this.terminal.lastActivity.getTime() / 1000) * 1000))
  }

  override isAttached(): Promise<boolean> {
    return this.#answer(() => this.terminal.attached > 0)
  }

  override setMeta(key: string, value: string): Promise<void> {
    return this.#answer(() => {
      checkKey(key)
      checkValue(key, value)
      quote(value)
      this.terminal.setMeta(key, value)
    })
  }

  override getMeta(key: string): Promise<string | undefined> {
    return this.#answer(() => {
      checkKey(key)
      return this.terminal.meta.get(key)
    })
  }

  override removeMeta(key: string): Promise<void> {
    return this.#answer(() => {
      checkKey(key)
      this.terminal.setMeta(key, undefined)
    })
  }

  override listMeta(): Promise<Record<string, string>> {
    return this.#answer(() => Object.fromEntries(this.terminal.meta))
  }

  /** Acts at once, and answers as a stream would: not at all when it is closed meanwhile. */
  async #answer<T>(action: () => T): Promise<T> {
    if (this.tmux.isClosed) throw new StreamClosed('the stream to the session has ended')
    const result = action()
    await undefined
    if (this.tmux.isClosed)
      throw new OutcomeUnknown('the stream to the session was cut before the answer; it was carried out')
    return result
  }
}

/** A stream that ends with the session, and on which there is no tmux to talk to. */
function streamOf(terminal: MemoryTerminal): CommandStream {
  const stdin = new Writable({
    write: (_chunk, _encoding, done) => done(new TmuxError('a session in memory has no tmux')),
  })
  const closed = Promise.withResolvers<number>()
  const exit = Promise.race([terminal.ended, closed.promise])
  return { stdin, stdout: new PassThrough(), stderr: new PassThrough(), exit, close: () => closed.resolve(0) }
}
