import { InvalidArgument } from '../errors.ts'
import type { Session } from '../session.ts'
import { quote } from '../tmux/quote.ts'

/** Words above which tmux's parser may overflow. */
const MOST = 5000

/**
 * Presses keys in the session, as `tmux send-keys` does: a word that names a key (`Enter`, `C-c`, `Up`) is that key, any
 * other is typed. A person who looks at the scrollback is brought back to the bottom, because there the keys would
 * scroll instead.
 * @throws {InvalidArgument} no keys, over 5000 of them, or one with a NUL byte
 */
export async function sendKeys(session: Session, keys: readonly string[]): Promise<void> {
  const words = keyWords(keys)
  await session.tmux.runAll(['copy-mode -q -t =main:', `send-keys -t =main: -- ${words}`])
}

/** The keys as words of a tmux command line. @throws {InvalidArgument} no keys, too many, or one with a NUL byte */
export function keyWords(keys: readonly string[]): string {
  if (keys.length === 0) throw new InvalidArgument('no keys to send')
  if (keys.length > MOST) throw new InvalidArgument(`${keys.length} keys are too many to send at once: ${MOST} at most`)
  return keys.map((key) => quote(key)).join(' ')
}
