import { CopyFailed, SourceNotFound } from '../errors.ts'
import { excerpt } from '../run/excerpt.ts'
import { type RunBeside, spawnBeside } from '../run/spawn.ts'

const MISSING = 44
const PRINT = `[ -e "$1" ] || [ -L "$1" ] || exit ${MISSING}
exec cat -- "$1"`

/**
 * The bytes of a session's file, read no faster than they are consumed.
 * @throws {SourceNotFound} there is no such file
 * @throws {CopyFailed} it cannot be read, or not all of it came over
 */
export async function* copyFrom(
  run: RunBeside,
  session: string,
  path: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  await using command = await spawnBeside(run, session, ['sh', '-c', PRINT, 'gc-copy', path], { signal, stdin: '' })
  const complaint = excerpt(command.stderr)
  try {
    yield* command.stdout
  } catch {
    // Why it was cut is told by the exit.
  }
  const exitCode = await command.wait()
  if (exitCode === MISSING) throw new SourceNotFound(`session "${session}" has no file "${path}"`)
  if (exitCode !== 0) throw new CopyFailed(`cannot copy "${path}" from session "${session}": ${await complaint}`)
}
