import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CopyFailed, InvalidArgument, isSessionError } from '../errors.ts'
import { excerpt } from '../run/excerpt.ts'
import type { RunBeside } from '../run/spawn.ts'
import { isFolder, type PackSource, pack } from './pack.ts'

const UNPACK = `command -v tar >/dev/null || { echo 'the image has no tar: add it to the image' >&2; exit 127; }
exec tar -xpof - -C "$1"`

/** Where a copy goes: a path below a folder of the session. */
export interface CopyTarget {
  folder: string
  path: string
}

/** How it is sent. */
export interface Sending {
  signal?: AbortSignal | undefined
  onProgress?: ((bytes: number) => void) | undefined
}

/**
 * Copies a file, or the content of a folder, into a session, as one tar stream.
 * @throws {SourceNotFound} the source is not there
 * @throws {CopyFailed} not all of it arrived
 * @throws {InvalidArgument} the path leads out of the folder
 */
export async function copyTo(
  run: RunBeside,
  session: string,
  source: string,
  { folder, path }: CopyTarget,
  options: Sending = {},
): Promise<void> {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.')
  if (segments.includes('..')) throw new InvalidArgument(`"${path}" leads out of ${folder}`)
  if (segments.length === 0 && !(await isFolder(source))) segments.push(basename(source))
  await unpack(run, session, [{ path: source, as: segments.join('/') }], folder, options)
}

/** Packs sources here and unpacks them below a folder of the session. @throws {CopyFailed} not all of it arrived */
export async function unpack(
  run: RunBeside,
  session: string,
  sources: Iterable<PackSource>,
  folder: string,
  { signal, onProgress = () => {} }: Sending = {},
): Promise<void> {
  const stream = await run(session, ['sh', '-c', UNPACK, 'gc-unpack', folder], { signal })
  stream.stdout.resume()
  const complaint = excerpt(stream.stderr)
  let unsent: unknown
  const sent = pipeline(Readable.from(counted(pack(sources), onProgress)), stream.stdin).catch((error) => {
    unsent = error
    if (isSessionError(error)) stream.close()
  })
  const exit = await stream.exit.catch((error: Error) => error)
  stream.stdin.destroy()
  await sent
  signal?.throwIfAborted()
  if (isSessionError(unsent)) throw unsent
  if (isSessionError(exit)) throw exit
  if (exit instanceof Error) throw new CopyFailed(`the copy was cut: ${exit.message}`, { cause: exit })
  if (exit !== 0) throw new CopyFailed(`tar in the session ended with exit code ${exit}: ${await complaint}`)
  if (unsent !== undefined) throw new CopyFailed('not all was read by the session', { cause: unsent })
}

async function* counted(chunks: AsyncIterable<Buffer>, onProgress: (bytes: number) => void): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const chunk of chunks) {
    yield chunk
    bytes += chunk.length
    onProgress(bytes)
  }
}
