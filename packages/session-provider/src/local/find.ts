import { join } from 'node:path'
import { SessionNotFound } from '../errors.ts'
import { Session } from '../session.ts'
import { connect } from '../tmux/connect.ts'
import { NoMainSession } from '../tmux/no-main-session.ts'
import { folderName } from './folder-name.ts'
import type { Settings } from './options.ts'
import { type LocalSession, readSession } from './session-folder.ts'
import { localTransport } from './transport.ts'

export function folderOf({ root }: Settings, name: string): string {
  return join(root, folderName(name))
}

/** The session that runs. @throws {SessionNotFound} */
export async function findRunning(settings: Settings, name: string): Promise<LocalSession> {
  const session = await readSession(folderOf(settings, name))
  if (session?.phase === 'Running') return session
  throw notFound(name, session)
}

/** Opens the control stream of a running session. @throws {SessionNotFound} */
export async function openSession(settings: Settings, name: string, signal: AbortSignal): Promise<Session> {
  const session = await findRunning(settings, name)
  try {
    return new Session(name, await connect(localTransport(session), signal))
  } catch (error) {
    if (error instanceof NoMainSession) throw notFound(name, { ...session, phase: 'Starting' })
    throw error
  }
}

function notFound(name: string, session: LocalSession | undefined): SessionNotFound {
  const suggestion = 'see which sessions run: provider.list()'
  return new SessionNotFound(name, { why: whyNot(session), suggestion })
}

function whyNot(session: LocalSession | undefined): string {
  switch (session?.phase) {
    case undefined:
      return 'there is none on this machine'
    case 'Stopping':
      return 'it is being stopped'
    case 'Finished':
      return session.exitCode === undefined ? 'it has ended' : `the agent ended with exit code ${session.exitCode}`
    default:
      return 'it is still starting'
  }
}
