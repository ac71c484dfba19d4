import type { Session } from '../session.ts'

/** Every row that the session's terminal shows now, from the top, without the empty ones at its end. */
export async function screen(session: Session): Promise<string> {
  return (await session.tmux.run('capture-pane -p -t =main:')).toString().trimEnd()
}
