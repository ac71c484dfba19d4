import type { Session } from '../session.ts'

/** Forgets the lines that have left the session's screen. What is on the screen stays. */
export async function clearScrollback(session: Session): Promise<void> {
  await session.tmux.run('clear-history -t =main:')
}
