import { rm, writeFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { abortable } from '../deadline.ts'
import { locked } from './lock.ts'
import { isAlive, killByEnvironment, type ProcessId, send } from './processes.ts'
import { files, type LocalSession, marker, readSession } from './session-folder.ts'

/** Milliseconds between looks at a process that is not a child of ours. */
const LOOK_AGAIN = 20
/** Milliseconds that the supervisor may take to kill what is left of the agent. */
const KILL_TIME = 2000

/**
 * Ends a session: its agent is hung up on and has its grace; then all that the session runs is killed and its folder
 * removed.
 * @returns whether there was anything to stop
 */
export async function stopSession(folder: string, gracePeriodSeconds: number, signal: AbortSignal): Promise<boolean> {
  const session = await readSession(folder)
  if (session === undefined) return false
  if (session.supervisor !== undefined) await end(session, session.supervisor, gracePeriodSeconds, signal)
  await locked(folder, signal, async () => {
    const now = await readSession(folder)
    if (now?.id === session.id) await clear(folder, signal)
  })
  return true
}

/** Kills what runs in a folder's session and removes the folder. Call it locked. */
export async function clear(folder: string, signal: AbortSignal): Promise<void> {
  await killByEnvironment(marker(folder), signal)
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

/**
 * The supervisor hangs up at a first SIGTERM and kills at a second. Of several stops at once, one sends the first.
 * What ends at neither is left to the caller.
 */
async function end(session: LocalSession, supervisor: ProcessId, gracePeriodSeconds: number, signal: AbortSignal) {
  if (!(await isAlive(supervisor))) return
  if (await isFirst(session)) send(supervisor.pid, 'SIGTERM')
  if (await ends(supervisor, gracePeriodSeconds * 1000, signal)) return
  send(supervisor.pid, 'SIGTERM')
  await ends(supervisor, KILL_TIME, signal)
}

async function isFirst({ folder }: LocalSession): Promise<boolean> {
  try {
    await writeFile(files.stopping(folder), '', { flag: 'wx' })
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' || code === 'ENOENT') return false
    throw error
  }
}

async function ends(supervisor: ProcessId, milliseconds: number, signal: AbortSignal): Promise<boolean> {
  const latest = performance.now() + milliseconds
  while (await isAlive(supervisor)) {
    if (performance.now() >= latest) return false
    await abortable(setTimeout(LOOK_AGAIN), signal)
  }
  return true
}
