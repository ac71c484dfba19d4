import { readFile } from 'node:fs/promises'
import { hasProcess } from '../verbs/process-alive.ts'
import { folderOf } from './find.ts'
import type { Settings } from './options.ts'
import { findByEnvironment } from './processes.ts'
import { marker, readSession } from './session-folder.ts'

const SEPARATOR = '\n\n'

/** Whether a session that runs has a process of one of these names. */
export async function runsProcess(settings: Settings, name: string, processNames: readonly string[]): Promise<boolean> {
  const folder = folderOf(settings, name)
  if ((await readSession(folder))?.phase !== 'Running') return false
  const pids = await findByEnvironment(marker(folder))
  const records = await Promise.all(pids.map(describe))
  return records.some((record) => hasProcess(SEPARATOR + record, SEPARATOR, processNames))
}

async function describe(pid: number): Promise<string> {
  const files = [`/proc/${pid}/stat`, `/proc/${pid}/cmdline`]
  return (await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')))).join('')
}
