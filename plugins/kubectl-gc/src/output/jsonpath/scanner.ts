import { JsonPathError } from './template.ts'

/** Where a name ends. */
const TERMINATORS = new Set(['', ' ', '\t', '\r', '\n', '.', ',', '[', ']', '$', '@', '{', '}'])

/** A position in a text that is being read. */
export class Scanner {
  readonly text: string
  position = 0

  constructor(text: string) {
    this.text = text
  }

  /** The character here, or '' at the end. */
  get peek(): string {
    return this.text.charAt(this.position)
  }

  /** Whether the text goes on with this; goes past it if so. */
  take(word: string): boolean {
    if (!this.text.startsWith(word, this.position)) return false
    this.position += word.length
    return true
  }

  /** Everything up to the next of `word`, or to the end. */
  until(word: string): string {
    const at = this.text.indexOf(word, this.position)
    return this.#consume(at === -1 ? this.text.length : at)
  }

  /** A name as it stands, backslashes included; a backslash keeps what follows from ending it. */
  name(): string {
    let end = this.position
    while (!TERMINATORS.has(this.text.charAt(end))) end += this.text.charAt(end) === '\\' ? 2 : 1
    return this.#consume(Math.min(end, this.text.length))
  }

  /** What the pattern, which must be sticky, finds here; undefined where it finds nothing. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position
    const found = pattern.exec(this.text)?.[0]
    return found === undefined ? undefined : this.#consume(this.position + found.length)
  }

  /** A quoted text that begins here, quotes included. @throws {JsonPathError} it does not end */
  quoted(): string {
    const quoted = this.match(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y)
    if (quoted !== undefined) return quoted
    throw new JsonPathError('unterminated quoted string')
  }

  #consume(end: number): string {
    const text = this.text.slice(this.position, end)
    this.position = end
    return text
  }
}
