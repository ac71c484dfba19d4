import { hostname } from 'node:os'
import { basename } from 'node:path'
import type { SessionInfo } from '../provider.ts'
import { Session } from '../session.ts'
import { NoMainSession } from '../tmux/no-main-session.ts'
import { OneShotClient } from '../tmux/one-shot-client.ts'
import { listMeta } from '../verbs/meta.ts'
import { folderOf } from './find.ts'
import type { Settings } from './options.ts'
import { type LocalSession, readSession, readSessions } from './session-folder.ts'
import { localTransport } from './transport.ts'

/** Every session of this root, whatever its phase, by name. */
export async function listSessions({ root }: Settings, signal: AbortSignal): Promise<SessionInfo[]> {
  const sessions = (await readSessions(root)).sort((a, b) => (a.name < b.name ? -1 : 1))
  return Promise.all(sessions.map((session) => toInfo(session, signal)))
}

/** One session, or undefined. */
export async function describeSession(settings: Settings, name: string, signal: AbortSignal) {
  const session = await readSession(folderOf(settings, name))
  return session === undefined ? undefined : toInfo(session, signal)
}

/** A session's supervisor may run before its tmux holds `main`, so tmux is asked. */
async function toInfo(session: LocalSession, signal: AbortSignal): Promise<SessionInfo> {
  const { name, agent, folder, exitCode } = session
  const meta = session.phase === 'Running' ? await liveMeta(session, signal) : undefined
  const phase = session.phase === 'Running' && meta === undefined ? 'Starting' : session.phase
  return {
    name,
    namespace: '',
    phase,
    reason: phase !== 'Finished' ? undefined : exitCode === 0 ? 'Completed' : 'Error',
    message: exitCode === undefined ? undefined : `the agent ended with exit code ${exitCode}`,
    exitCode,
    agent,
    pod: basename(folder),
    image: '',
    node: hostname(),
    createdAt: new Date(session.createdAt),
    labels: {},
    meta: meta ?? {},
  }
}

/** The metadata that the session holds now, or undefined while it takes no input. */
async function liveMeta(
  session: LocalSession,
  signal: AbortSignal,
  mayAskAgain = true,
): Promise<Record<string, string> | undefined> {
  try {
    return await listMeta(new Session(session.name, new OneShotClient(localTransport(session), signal)))
  } catch (error) {
    if (error instanceof NoMainSession || (error as Error).name === 'SessionNotFound') return undefined
    if (mayAskAgain && (error as Error).name === 'OutcomeUnknown') return liveMeta(session, signal, false)
    throw error
  }
}
