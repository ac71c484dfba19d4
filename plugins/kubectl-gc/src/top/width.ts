const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u
const invisible = /^[\p{Mn}\p{Me}\p{Cf}]$/u
const control = /[\x00-\x1f\x7f-\x9f]/g
const plain = /^[\x20-\x7e]*$/

/** How many columns of a terminal a character takes (Unicode's East Asian Width; tmux and terminals agree on it). */
function widthOf(character: string): number {
  if (invisible.test(character)) return 0
  return wide.test(character) ? 2 : 1
}

/** How many columns a text takes. */
export function textWidth(text: string): number {
  if (plain.test(text)) return text.length
  return [...text].reduce((sum, character) => sum + widthOf(character), 0)
}

/** The beginning of a text that fits into so many columns, without characters that would move the cursor. */
export function cut(text: string, columns: number): string {
  const shown = text.replace(control, ' ')
  if (plain.test(shown)) return shown.slice(0, columns)
  let width = 0
  let kept = ''
  for (const character of shown) {
    width += widthOf(character)
    if (width > columns) break
    kept += character
  }
  return kept
}

/** The end of a text that fits. */
export function cutStart(text: string, columns: number): string {
  const characters = [...text.replace(control, ' ')]
  let from = characters.length
  for (let width = 0; from > 0; from -= 1) {
    width += widthOf(characters[from - 1] ?? '')
    if (width > columns) break
  }
  return characters.slice(from).join('')
}

/** A text in exactly so many columns. */
export function fit(text: string, columns: number): string {
  const kept = cut(text, columns)
  return kept + ' '.repeat(Math.max(0, columns - textWidth(kept)))
}
