/**
 * The lines that have come since `before`, where both are the end of one scrollback. Lines that scrolled out at the
 * top are not new. When the screen was redrawn, what follows the first difference counts as new.
 */
export function appended(before: string[], after: string[]): string[] {
  for (let dropped = 0; dropped < before.length; dropped += 1) {
    const kept = before.length - dropped
    if (kept <= after.length && before.every((line, index) => index < dropped || line === after[index - dropped])) {
      return after.slice(kept)
    }
  }
  const different = after.findIndex((line, index) => line !== before[index])
  return different === -1 ? [] : after.slice(different)
}
