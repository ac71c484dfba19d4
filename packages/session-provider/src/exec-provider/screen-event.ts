/** Bytes of a line, its newline included. gc reads lines of up to 64 KiB, the newline apart. */
const LONGEST = 64 * 1024

const FRAME = Buffer.byteLength('{"content":""}\n')

/** A screen as one line of JSON. Of one that is too large, the end is kept, which is where a dialog is. */
export function screenEvent(screen: string): string {
  return `${JSON.stringify({ content: lastBytes(screen, LONGEST - FRAME) })}\n`
}

/** The end of a text that takes at most so many bytes as JSON. */
function lastBytes(text: string, most: number): string {
  if (encodedLength(text) <= most) return text
  const characters = Array.from(text)
  let length = 0
  let start = characters.length
  while (start > 0) {
    length += encodedLength(characters[start - 1] ?? '')
    if (length > most) break
    start -= 1
  }
  return characters.slice(start).join('')
}

function encodedLength(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2
}
