import { randomUUID } from 'node:crypto'
import { access, constants, mkdir } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { abortable, withDeadline } from '../deadline.ts'
import { isSessionError, SessionExists, SessionStartFailed } from '../errors.ts'
import type { StartConfig, StartOptions } from '../provider.ts'
import { Session } from '../session.ts'
import { endedSession } from '../starting/ended-session.ts'
import { livesOn } from '../starting/lives-on.ts'
import { assertSessionName } from '../starting/session-name.ts'
import { connect } from '../tmux/connect.ts'
import { quote } from '../tmux/quote.ts'
import { finish, prepare, type Start } from './document.ts'
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
const START_TIMEOUT = 55_000
/** Milliseconds that removing what a failed start made may take. */
const ROLLBACK_TIMEOUT = 10_000
/** Milliseconds that the end of a supervisor is waited for, once something looks like it. */
const VERDICT = 3000
/** Seconds that a session which is being stopped already has before a start of the same name kills it. */
const LEFT_GRACE = 5

/** Starts a session and resolves with its control stream open; removes what it made when that fails. */
export async function startSession(
  settings: Settings,
  name: string,
  config: StartConfig,
  { signal: abort, onProgress = () => {}, onWarning = () => {} }: StartOptions,
): Promise<Session> {
  assertSessionName(name)
  return withDeadline(START_TIMEOUT, `cannot start session "${name}"`, abort, async (signal) => {
    const folder = folderOf(settings, name)
    const surroundings = { env: environment(settings, folder, config), cwd: config.workDir ?? settings.workDir }
    await access(surroundings.cwd, constants.X_OK)
    await makeRoot(settings.root)
    onProgress('making the folder of the session')
    await claim(folder, name, config, signal)
    try {
      const start = { name, config, surroundings, onProgress, onWarning, signal }
      await prepare(start)
      onProgress('waiting for the session to take input')
      return await abortable(bringUp(folder, start), signal)
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

/** The first of two: all is done that belongs to a start, or the supervisor has ended. */
async function bringUp(folder: string, start: Start): Promise<Session> {
  const { name, config, surroundings, signal } = start
  const supervisor = await launch(folder, config.command, surroundings)
  const ended = supervisor.ended.then(() => startFailure(name, folder))
  const settled = new AbortController()
  const steps = takeSteps(folder, { ...start, signal: AbortSignal.any([signal, settled.signal]) })
  try {
    return await Promise.race([steps, ended.then((failure) => Promise.reject(failure))])
  } catch (error) {
    steps.then(
      (session) => session.close(),
      () => {},
    )
    const verdict = isSessionError(error) && !signal.aborted ? await Promise.race([ended, late(error)]) : error
    if (config.lifecycle === 'one_shot' && isSuccess(verdict)) return endedSession(name)
    throw verdict
  } finally {
    settled.abort()
    steps.catch(() => {})
  }
}

/** An error that the end of the session may be behind, once that would have been told. */
async function late(error: unknown): Promise<unknown> {
  await setTimeout(VERDICT)
  return error
}

function isSuccess(error: unknown): boolean {
  return error instanceof SessionStartFailed && error.reason === 'Completed'
}

async function takeSteps(folder: string, start: Start): Promise<Session> {
  const tmux = await attachEarly(start.surroundings, start.signal)
  try {
    await tmux.run(`set-option -g @gc-nudge-log ${quote(files.nudges(folder))}`)
    await tmux.runAll(livesOn)
    const session = new Session(start.name, tmux)
    await finish(session, start)
    return session
  } catch (error) {
    tmux.close()
    throw error
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
    await stopSession(folder, 0, AbortSignal.timeout(ROLLBACK_TIMEOUT))
  } catch {
    // The first error is the one to report. What could not be removed is found by list.
  }
}
