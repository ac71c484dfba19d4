import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive, type ProcessId, parseStat } from './processes.ts'

/** What a start writes down before it runs anything. */
export interface StartRecord {
  /** Of this start: a folder of the same name may hold a later one. */
  id: string
  name: string
  agent: string
  createdAt: string
  /** The process that starts the session: while it lives, a session without a supervisor is being started. */
  starter: ProcessId
}

/** One session as its folder tells it. */
export interface LocalSession extends StartRecord {
  folder: string
  phase: 'Starting' | 'Running' | 'Stopping' | 'Finished'
  /** The process that supervises it; undefined until that runs. */
  supervisor: ProcessId | undefined
  /** The agent's own, once it has ended. */
  exitCode: number | undefined
}

/** Files of a session's folder, which is also the TMUX_TMPDIR of its tmux. */
export const files = {
  record: (folder: string) => join(folder, 'session.json'),
  /** The supervisor's line of /proc/PID/stat, written by itself before it begins. */
  supervisor: (folder: string) => join(folder, 'supervisor'),
  /** There while a stop goes on. */
  stopping: (folder: string) => join(folder, 'stopping'),
  /** What the supervisor prints: the mirrored pane. */
  output: (folder: string) => join(folder, 'output'),
  nudges: (folder: string) => join(folder, 'nudges'),
  /** Written by the supervisor. */
  exitCode: (folder: string) => join(folder, 'gc-exit-code'),
}

/** What the environment of every process of a session holds. */
export function marker(folder: string): string {
  return `TMUX_TMPDIR=${folder}`
}

export async function writeRecord(folder: string, record: StartRecord): Promise<void> {
  const unfinished = `${files.record(folder)}.new`
  await writeFile(unfinished, JSON.stringify(record), { mode: 0o600 })
  await rename(unfinished, files.record(folder))
}

/** The session of a folder; undefined where a start has not got as far as writing down whose it is. */
export async function readSession(folder: string): Promise<LocalSession | undefined> {
  const json = await read(files.record(folder))
  if (json === undefined) return undefined
  const record: StartRecord = JSON.parse(json)
  const supervisor = supervisorOf(await read(files.supervisor(folder)), record.starter.boot)
  const alive = await isAlive(supervisor ?? record.starter)
  const stopping = (await read(files.stopping(folder))) !== undefined
  const begun = supervisor === undefined ? 'Starting' : 'Running'
  const phase = !alive ? 'Finished' : stopping ? 'Stopping' : begun
  const code = await read(files.exitCode(folder))
  const exitCode = phase === 'Finished' && code ? Number(code) : undefined
  return { ...record, folder, phase, supervisor, exitCode }
}

function supervisorOf(stat: string | undefined, boot: string): ProcessId | undefined {
  const { pid, startTime } = parseStat(stat ?? '')
  return startTime === '' ? undefined : { pid, startTime, boot }
}

/** Every session under the root. */
export async function readSessions(root: string): Promise<LocalSession[]> {
  const folders = await readdir(root).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const sessions = await Promise.all(folders.map((folder) => readSession(join(root, folder))))
  return sessions.filter((session) => session !== undefined)
}

async function read(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}
