import { setTimeout as delay } from 'node:timers/promises'
import type { Runtime, Sessions } from '../runtime.ts'
import { connect } from './connection.ts'
import { isCut } from './is-cut.ts'
import { rawTerminal } from './terminal.ts'

/** Exit code of a shell for what C-c has ended. */
const INTERRUPTED = 130
const FIRST_PAUSE = 250
const LONGEST_PAUSE = 5000
/** Milliseconds within which a session whose connection was cut must be reached again. */
const PATIENCE = 300_000

interface Attachment {
  name: string
  readOnly: boolean
}

/**
 * Joins this terminal to a session until the person leaves or the session ends; a connection that is cut is made again.
 * The terminal is put back however it ends. Resolves with tmux's exit code.
 */
export async function attach(
  { provider }: Sessions,
  { name, readOnly }: Attachment,
  runtime: Runtime,
): Promise<number> {
  using raw = rawTerminal(runtime)
  const { stdout } = runtime
  const leaving = new AbortController()
  const signal = AbortSignal.any([runtime.signal, leaving.signal])
  let lost: { since: number; pause: number } | undefined
  for (let attached = false; ; ) {
    using connection = connect(runtime, !attached, () => leaving.abort())
    try {
      const code = await provider.attach(name, connection.terminal, { signal, readOnly, showDetachKey: true })
      if (code !== 0) raw.leaveModes()
      return code
    } catch (error) {
      connection.lose()
      raw.leaveModes()
      if (leaving.signal.aborted) return INTERRUPTED
      attached ||= connection.joined()
      if (signal.aborted || !attached || !isCut(error)) throw error
      if (connection.joined()) lost = undefined
      if (lost === undefined) stdout.write(`Connection to ${name} lost; trying again. C-c ends that.\r\n`)
      lost ??= { since: performance.now(), pause: FIRST_PAUSE }
      if (performance.now() - lost.since > PATIENCE) throw error
      await delay(lost.pause, undefined, { signal }).catch(() => {})
      if (leaving.signal.aborted) return INTERRUPTED
      runtime.signal.throwIfAborted()
      lost.pause = Math.min(2 * lost.pause, LONGEST_PAUSE)
    }
  }
}
