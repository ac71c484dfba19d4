import type { Session } from '../session.ts'

/** Whether a person's terminal is attached to the session. Programs that drive tmux (control mode) are not people. */
export async function isAttached(session: Session): Promise<boolean> {
  const clients = await session.tmux.run(`list-clients -t =main -F '#{client_control_mode}'`)
  return clients.toString().split('\n').includes('0')
}
