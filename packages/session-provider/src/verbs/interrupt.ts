import type { Session } from '../session.ts'
import { paste } from '../tmux/paste.ts'

/** Types C-c into the session, which interrupts what runs in its foreground. */
export async function interrupt(session: Session): Promise<void> {
  await session.tmux.runAll(paste('\x03'))
}
