import { TmuxError } from '../errors.ts'
import type { Session } from '../session.ts'

/** Whether tmux has the session now. */
export async function isRunning(session: Session): Promise<boolean> {
  try {
    await session.tmux.run('has-session -t =main')
    return true
  } catch (error) {
    if (error instanceof TmuxError && error.message.includes("can't find session")) return false
    throw error
  }
}
