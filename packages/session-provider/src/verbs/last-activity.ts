import { TmuxError } from '../errors.ts'
import type { Session } from '../session.ts'

/**
 * When the session's terminal last changed, to the second, by the clock of the machine that the session is on. What
 * this package does does not count, and nor does a person who only looks.
 */
export async function lastActivity(session: Session): Promise<Date> {
  const answer = (await session.tmux.run(`display-message -p -t =main: '#{window_activity}'`)).toString()
  if (!/^\d+$/.test(answer)) throw new TmuxError(`tmux gave no time of the last activity, but "${answer}"`)
  return new Date(Number(answer) * 1000)
}
