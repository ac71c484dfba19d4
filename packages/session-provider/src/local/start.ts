import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { abortable, withDeadline } from '../deadline.ts'
import { SessionExists } from '../errors.ts'
import { assertSessionName } from '../kubernetes/names.ts'
import type { StartConfig, StartOptions } from '../provider.ts'
import { Session } from '../session.ts'
import { connect } from '../tmux/connect.ts'
import { quote } from '../tmux/quote.ts'
import { folderOf } from './find.ts'
import { environment, launch } from './launch.ts'
import { locked } from './lock.ts'
import type { Settings } from './options.ts'
import { thisProcess } from './processes.ts'
import { makeRoot } from './root.ts'
import { files, type LocalSession, readSession, writeRecord } from './session-folder.ts'
import { startFailure } from './start-failure.ts'
import { clear, stopSession } from './stop.ts'
import { runStreaming, type Surroundings } from './transport.ts'

/** Milliseconds that a start may take. */
const START_TIMEOUT = 20_000
/** Seconds that a session which is being stopped already has before a start of the same name kills it. */
const LEFT_GRACE = 5

/** Starts a session and resolves with its control stream open; removes what it made when that fails. */
export async function startSession(
  settings: Settings,
  name: string,
  config: StartConfig,
  options: StartOptions,
): Promise<Session> {
  assertSessionName(name)
  return withDeadline(START_TIMEOUT, `cannot start session "${name}"`, options.signal, async (signal) => {
    const folder = folderOf(settings, name)
    await makeRoot(settings.root)
    options.onProgress?.('making the folder of the session')
    await claim(folder, name, config, signal)
    try {
      options.onProgress?.('waiting for the session to take input')
      const session = await comeUp(settings, folder, name, config, signal)
      if (config.nudge) await session.nudge(config.nudge)
      return session
    } catch (error) {
      await rollBack(folder)
      throw error
    }
  })
}

/** Makes the session's folder, in place of one of a session that has ended. @throws {SessionExists} */
async function claim(folder: string, name: string, config: StartConfig, signal: AbortSignal): Promise<void> {
  if ((await readSession(folder))?.phase === 'Stopping') await stopSession(folder, LEFT_GRACE, signal)
  const starter = await thisProcess()
  await locked(folder, signal, async () => {
    const earlier = await readSession(folder)
    if (earlier !== undefined && earlier.phase !== 'Finished') throw exists(earlier)
    await clear(folder, signal)
    await mkdir(folder, { mode: 0o700 })
    const agent = config.env?.GC_ALIAS ?? config.env?.GC_AGENT ?? 'unknown'
    await writeRecord(folder, { id: randomUUID(), name, agent, createdAt: new Date().toISOString(), starter })
  })
}

function exists({ name, phase }: LocalSession): SessionExists {
  const what = phase === 'Starting' ? ', and another call starts it' : ''
  return new SessionExists(name, { what, suggestion: `end it first: provider.stop(${JSON.stringify(name)})` })
}

/** The first of two: the control stream is open, or the supervisor has ended. */
async function comeUp(
  settings: Settings,
  folder: string,
  name: string,
  config: StartConfig,
  signal: AbortSignal,
): Promise<Session> {
  const surroundings = { env: environment(settings, folder, config), cwd: config.workDir ?? settings.workDir }
  const supervisor = await launch(folder, config.command, surroundings)
  const ended = supervisor.ended.then(async () => {
    throw await startFailure(name, folder)
  })
  ended.catch(() => {})
  const settled = new AbortController()
  const either = AbortSignal.any([signal, settled.signal])
  const stream = attachEarly(surroundings, either)
  try {
    const tmux = await Promise.race([stream, ended])
    await tmux.run(`set-option -g @gc-nudge-log ${quote(files.nudges(folder))}`)
    return new Session(name, tmux)
  } catch (error) {
    stream.then(
      (tmux) => tmux.close(),
      () => {},
    )
    throw error
  } finally {
    settled.abort()
    stream.catch(() => {})
  }
}

async function attachEarly(surroundings: Surroundings, signal: AbortSignal) {
  for (let pause = 10; ; pause = Math.min(pause * 1.5, 100)) {
    try {
      return await connect(async (command, options) => runStreaming(command, surroundings, options.signal), signal)
    } catch (error) {
      if (signal.aborted) throw error
    }
    await abortable(setTimeout(pause), signal)
  }
}

async function rollBack(folder: string): Promise<void> {
  try {
    await stopSession(folder, 0, AbortSignal.timeout(START_TIMEOUT))
  } catch {
    // The first error is the one to report. What could not be removed is found by list.
  }
}
