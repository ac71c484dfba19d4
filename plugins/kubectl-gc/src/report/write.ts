import { rename, rm, writeFile } from 'node:fs/promises'
import { UsageError } from '../errors/usage.ts'

/**
 * Writes a file that only this user can read, whole or not at all.
 * @throws {UsageError} it cannot be written
 */
export async function writePrivately(path: string, content: Uint8Array, signal: AbortSignal): Promise<void> {
  const partial = `${path}.${process.pid}.partial`
  try {
    await writeFile(partial, content, { mode: 0o600, flag: 'wx', signal })
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    signal.throwIfAborted()
    const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message
    throw new UsageError(`${path} cannot be written: ${why}`, 'kubectl gc report --output /tmp/report.tar.gz', error)
  }
}
