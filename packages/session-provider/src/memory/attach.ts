import { once } from 'node:events'
import type { AttachOptions } from '../provider.ts'
import type { AttachTerminal } from '../verbs/attach.ts'
import type { MemoryTerminal } from './terminal.ts'

const CARRIAGE_RETURN = '\r'
const INTERRUPT = '\x03'

/** Joins a person's terminal to one in memory, until the session ends or the person's input does. */
export async function attachTo(
  terminal: MemoryTerminal,
  { input, output }: AttachTerminal,
  { signal, readOnly = false }: AttachOptions,
): Promise<number> {
  signal?.throwIfAborted()
  terminal.attached++
  output.write(terminal.text)
  const stopPrinting = terminal.onPrint((text) => output.write(text))
  const read = (chunk: Buffer) => {
    for (const key of chunk.toString().split(/([\r\x03])/)) {
      if (readOnly) continue
      if (key === CARRIAGE_RETURN) terminal.submit()
      else if (key === INTERRUPT) terminal.interrupt()
      else if (key !== '') terminal.type(Buffer.from(key))
    }
  }
  input.on('data', read)
  const leaving = new AbortController()
  const either = AbortSignal.any([leaving.signal, ...(signal === undefined ? [] : [signal])])
  const left = once(input, 'end', { signal: either })
  try {
    await Promise.race([left, terminal.ended])
    return 0
  } catch (error) {
    throw signal?.aborted ? signal.reason : error
  } finally {
    left.catch(() => {})
    leaving.abort()
    input.off('data', read)
    stopPrinting()
    terminal.attached--
  }
}
