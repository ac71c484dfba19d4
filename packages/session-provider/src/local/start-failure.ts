import { readFile } from 'node:fs/promises'
import { SessionStartFailed } from '../errors.ts'
import { files, readSession } from './session-folder.ts'

const LAST_LINES = 30
const NO_COMMAND = 127

/** Why a session's supervisor has ended before the session took input. */
export async function startFailure(name: string, folder: string): Promise<SessionStartFailed> {
  if ((await readSession(folder)) === undefined) {
    return new SessionStartFailed(name, 'Deleted', 'it was stopped meanwhile', { suggestion: 'start it again' })
  }
  const [printed, code] = await Promise.all([files.output(folder), files.exitCode(folder)].map(readOrNothing))
  const output = (printed ?? '')
    .replaceAll('\r\n', '\n')
    .split('\n')
    .slice(-LAST_LINES - 1)
    .join('\n')
  if (!code) {
    const suggestion = 'see that tmux is installed'
    return new SessionStartFailed(name, 'Error', `its supervisor ended: ${output.trim()}`, { output, suggestion })
  }
  const exitCode = Number(code)
  const reason = exitCode === 0 ? 'Completed' : 'Error'
  const suggestion = exitCode === NO_COMMAND ? 'check the command' : 'give a command that stays'
  return new SessionStartFailed(name, reason, `the agent ended with exit code ${exitCode}`, { output, suggestion })
}

async function readOrNothing(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined)
}
