import { InvalidArgument } from '../errors.ts'

const LITERAL = new Set(
  Buffer.from("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ _-./:,=@%+()[]{}<>?!*&|^;#'"),
)

/**
 * Quotes data as one word of a tmux command line, exact for every byte but NUL. All that tmux could expand or that
 * a line cannot hold is written as three octal digits: quotes, backslash, `$`, `~`, control bytes, bytes above 127.
 * @throws {InvalidArgument} the data holds a NUL byte, at which tmux would cut the line
 */
export function quote(data: string | Uint8Array): string {
  const bytes = Buffer.from(data as Uint8Array)
  let word = '"'
  for (const byte of bytes) {
    if (byte === 0) throw new InvalidArgument('text for a terminal cannot contain a NUL byte')
    word += LITERAL.has(byte) ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`
  }
  return `${word}"`
}
