const PLAIN = /[A-Za-z0-9_@%+=:,./-]/

/**
 * The words of a command line that a POSIX shell would run as they stand: plain words, single quotes, and double quotes
 * without expansions. Undefined for anything else, such as a second command, an expansion, a pattern or a comment.
 */
export function shellWords(text: string): string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === ' ' || character === '\t') {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (character === "'" || character === '"') {
      const end = text.indexOf(character, at + 1)
      const quoted = text.slice(at + 1, end)
      if (end < 0 || (character === '"' && /[$`\\]/.test(quoted)) || quoted.includes('\0')) return undefined
      word = (word ?? '') + quoted
      at = end
    } else if (PLAIN.test(character)) {
      word = (word ?? '') + character
    } else if (character !== '\n' || text.slice(at).trim() !== '') {
      return undefined
    } else break
  }
  return word === undefined ? words : [...words, word]
}
