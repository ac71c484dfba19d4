import { JsonPathError } from './template.ts'

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([\s\S]))/g
const SIMPLE: Record<string, string> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' }

/** The text that a quoted one stands for, by Go's rules for string literals. @throws {JsonPathError} it breaks them */
export function unquote(quoted: string): string {
  const quote = quoted.charAt(0)
  const invalid = () => new JsonPathError(`unquote string ${quoted} error invalid syntax`)
  return quoted.slice(1, -1).replace(ESCAPE, (_whole, hex, short, long, octal, simple: string | undefined) => {
    if (simple !== undefined) {
      const meant = simple === quote ? quote : SIMPLE[simple]
      if (meant === undefined) throw invalid()
      return meant
    }
    const code = octal === undefined ? Number.parseInt(hex ?? short ?? long, 16) : Number.parseInt(octal, 8)
    if (code > 0x10ffff || (octal !== undefined && code > 255)) throw invalid()
    return String.fromCodePoint(code)
  })
}
