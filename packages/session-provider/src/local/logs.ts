import { watch } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { assertPlainLog, firstBytes } from '../engine/plain-log.ts'
import { SessionNotFound } from '../errors.ts'
import type { LogOptions } from '../provider.ts'
import { files, readSession } from './session-folder.ts'

const CHUNK = 64 * 1024
/** Milliseconds between looks whether a followed session has ended. */
const LOOK_AGAIN = 200

/** What a session has printed, which is the mirrored pane; of a finished session too. */
export async function* sessionLogs(folder: string, name: string, options: LogOptions): AsyncGenerator<Uint8Array> {
  options.signal?.throwIfAborted()
  assertPlainLog(options, 'of this machine')
  yield* firstBytes(read(folder, name, options), options.limitBytes)
}

async function* read(
  folder: string,
  name: string,
  { follow = false, tailLines, signal }: LogOptions,
): AsyncGenerator<Uint8Array> {
  if ((await readSession(folder)) === undefined)
    throw new SessionNotFound(name, { why: 'there is none on this machine' })
  await using file = await open(files.output(folder))
  let position = tailLines === undefined ? 0 : await startOfTail(file, tailLines)
  const changes = follow ? new Changes(files.output(folder)) : undefined
  try {
    for (;;) {
      const ended = changes === undefined || !(await lives(folder))
      for (;;) {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK, position)
        signal?.throwIfAborted()
        if (bytesRead === 0) break
        position += bytesRead
        yield buffer.subarray(0, bytesRead)
      }
      if (ended) return
      await changes?.next(signal)
    }
  } finally {
    changes?.close()
  }
}

async function lives(folder: string): Promise<boolean> {
  const phase = (await readSession(folder))?.phase
  return phase !== undefined && phase !== 'Finished'
}

/** Where the last so many lines begin. A newline at the very end begins none. */
async function startOfTail(file: FileHandle, lines: number): Promise<number> {
  const { size } = await file.stat()
  if (lines <= 0) return size
  let left = lines
  for (let end = size; end > 0; end = Math.max(0, end - CHUNK)) {
    const start = Math.max(0, end - CHUNK)
    const { buffer } = await file.read(Buffer.alloc(end - start), 0, end - start, start)
    for (let index = end - start - 1; index >= 0; index--) {
      if (buffer[index] === 10 && start + index !== size - 1 && --left === 0) return start + index + 1
    }
  }
  return 0
}

/** Tells that a file may have grown, and now and then in any case. */
class Changes {
  #changed = () => {}
  readonly #watcher

  constructor(path: string) {
    this.#watcher = watch(path, () => this.#changed())
  }

  next(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => settle(resolve), LOOK_AGAIN)
      const abort = () => settle(() => reject(signal?.reason))
      const settle = (outcome: () => void) => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', abort)
        this.#changed = () => {}
        outcome()
      }
      this.#changed = () => settle(resolve)
      if (signal?.aborted) return abort()
      signal?.addEventListener('abort', abort, { once: true })
    })
  }

  close(): void {
    this.#watcher.close()
  }
}
