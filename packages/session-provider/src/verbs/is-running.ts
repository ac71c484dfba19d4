import type { Session } from '../session.ts'
import { NoMainSession } from '../tmux/no-main-session.ts'

/** Whether tmux has the session now. */
export async function isRunning(session: Session): Promise<boolean> {
  try {
    await session.tmux.run('has-session -t =main')
    return true
  } catch (error) {
    if (error instanceof NoMainSession) return false
    throw error
  }
}
