import { readdir, readFile } from 'node:fs/promises'
import { NoMainSession } from '../tmux/no-main-session.ts'
import { OneShotClient } from '../tmux/one-shot-client.ts'
import type { Transport } from '../tmux/transport.ts'
import { namesIn } from '../verbs/process-alive.ts'
import { folderOf } from './find.ts'
import type { Settings } from './options.ts'
import { readSession } from './session-folder.ts'
import { localTransport } from './transport.ts'

const SEPARATOR = '\n\n'

/** Whether a session that runs has a process of one of these names. */
export async function runsProcess(
  settings: Settings,
  name: string,
  processNames: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  const session = await readSession(folderOf(settings, name))
  if (session?.phase !== 'Running') return false
  try {
    const running = await processesOf(localTransport(session), signal)
    return running.some((running) => processNames.includes(running))
  } catch (error) {
    if (error instanceof NoMainSession || (error as Error).name === 'SessionNotFound') return false
    throw error
  }
}

/**
 * The names of the processes that a session's tmux has begun, and that these have. One whose parents have ended is not
 * among them.
 */
export async function processesOf(transport: Transport, signal: AbortSignal): Promise<string[]> {
  const server = (await new OneShotClient(transport, signal).run("display-message -p '#{pid}'")).toString()
  const records = await Promise.all((await descendants(server)).map(describe))
  return records.flatMap((record) => namesIn(SEPARATOR + record, SEPARATOR))
}

async function descendants(pid: string): Promise<string[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => [])
  const lists = await Promise.all(threads.map((thread) => readOrNothing(`/proc/${pid}/task/${thread}/children`)))
  const children = lists.flatMap((list) => list.split(' ').filter((child) => child !== ''))
  return [...children, ...(await Promise.all(children.map(descendants))).flat()]
}

async function describe(pid: string): Promise<string> {
  return (await Promise.all([`/proc/${pid}/stat`, `/proc/${pid}/cmdline`].map(readOrNothing))).join('')
}

/** A process may end at any time. */
async function readOrNothing(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '')
}
