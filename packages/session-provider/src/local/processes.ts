import { readdir, readFile, readlink } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { abortable } from '../deadline.ts'

/** A process of this boot: a pid alone may be another process's by now. */
export interface ProcessId {
  pid: number
  /** Clock ticks between boot and the process's start. */
  startTime: string
  boot: string
}

/** What /proc/PID/stat says of a process. */
export function parseStat(stat: string): { pid: number; state: string; startTime: string } {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return { pid: Number.parseInt(stat, 10), state: fields[0] ?? '', startTime: fields[19] ?? '' }
}

/** The id of this process. */
export async function thisProcess(): Promise<ProcessId> {
  const { pid, startTime } = parseStat(await readFile('/proc/self/stat', 'latin1'))
  return { pid, startTime, boot: await bootId() }
}

export async function bootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'latin1')).trim()
}

/** Whether the process runs still. One that has ended and that its parent has not asked about does not. */
export async function isAlive({ pid, startTime, boot }: ProcessId): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')
  const now = parseStat(stat)
  return now.startTime === startTime && !'ZX'.includes(now.state) && boot === (await bootId())
}

/** The environment and the working folder that a process began with. */
export async function surroundings(pid: number): Promise<{ env: Record<string, string>; cwd: string }> {
  const [environ, cwd] = await Promise.all([readFile(`/proc/${pid}/environ`, 'utf8'), readlink(`/proc/${pid}/cwd`)])
  const entries = environ.split('\0').filter((entry) => entry.includes('='))
  const env = Object.fromEntries(
    entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  )
  return { env, cwd }
}

/** Kills every process of ours whose environment holds this entry, until none is left. */
export async function killByEnvironment(entry: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const found = await findByEnvironment(entry)
    if (found.length === 0) return
    for (const pid of found) send(pid, 'SIGKILL')
    await abortable(setTimeout(10), signal)
  }
}

/** Every process of ours, but this one, whose environment holds this entry. */
async function findByEnvironment(entry: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^[0-9]+$/.test(name)).map(Number)
  const marked = await Promise.all(pids.map((pid) => holds(pid, entry)))
  return pids.filter((_, index) => marked[index])
}

async function holds(pid: number, entry: string): Promise<boolean> {
  if (pid === process.pid) return false
  const environ = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
  return `\0${environ}`.includes(`\0${entry}\0`)
}

/** Signals a process that may have ended. */
export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
