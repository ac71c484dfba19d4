import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { RunningCommand } from '@kubectl-gc/session-provider'
import { UsageError } from '../errors/usage.ts'
import type { CopyProgress } from './upload.ts'

/**
 * Unpacks the archive that a command prints into a folder here, by this machine's tar, which refuses what leads out of
 * the folder.
 * @returns why it was not all; undefined: it was
 * @throws {UsageError} this machine has no tar
 */
export async function extract(
  command: RunningCommand,
  folder: string,
  { signal, onProgress }: CopyProgress,
): Promise<string | undefined> {
  const tar = spawn('tar', ['-xpof', '-', '-C', folder], { stdio: ['pipe', 'ignore', 'pipe'], signal })
  const ended = once(tar, 'close') as Promise<[number | null]>
  ended.catch(() => {}) // awaited below
  const [theirs, ours] = [text(command.stderr), text(tar.stderr)]
  let bytes = 0
  const sent = pipeline(
    command.stdout,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        bytes += chunk.length
        onProgress(bytes)
        yield chunk
      }
    },
    tar.stdin,
  ).catch(() => {}) // why is told by one of the two ends
  const unpacked = await ended.catch((error: NodeJS.ErrnoException) => error)
  if (unpacked instanceof Error) {
    if (unpacked.code !== 'ENOENT') return unpacked.message
    throw new UsageError('copying out of a session needs tar on this machine', 'install tar, and try again', unpacked)
  }
  await sent
  const packed = await command.wait().catch((error: Error) => error)
  if (packed instanceof Error) return packed.message
  if (packed !== 0) return (await theirs).trim() || `tar in the session ended with exit code ${packed}`
  return unpacked[0] === 0 ? undefined : (await ours).trim() || `tar ended with exit code ${unpacked[0]}`
}
