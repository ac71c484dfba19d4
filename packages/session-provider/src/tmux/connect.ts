import { TmuxError } from '../errors.ts'
import { ControlClient } from './control-client.ts'
import { LineSplitter } from './lines.ts'
import { NoMainSession } from './no-main-session.ts'
import type { Tmux } from './tmux.ts'
import type { CommandStream, Transport } from './transport.ts'

/** The client was killed as it connected, which is what the end of a container does to it. */
export class KilledConnecting extends TmuxError {
  static override readonly name: string = 'KilledConnecting'
}

/** The exit code of what SIGKILL has ended. */
export const KILLED = 137
/** The exit code that stands for a condition that does not hold. */
export const NO_MAIN = 3
/** Shell text that holds where tmux holds `main`. */
export const HOLDS_MAIN = 'tmux -u has-session -t =main'
const NO_TMUX = 127

/**
 * Our client lives in a session of its own, `gc-control`, so that it is nobody's attachment to `main` and moves none
 * of its times. Our supervisor makes that session before `main`; elsewhere it comes and goes with our clients. The
 * condition comes first because `new-session` would start a server where there is none.
 */
const command = (condition: string) => [
  'sh',
  '-c',
  `${condition} || exit ${NO_MAIN}
tmux has-session -t =gc-control 2>/dev/null && exec tmux -u -C attach-session -t =gc-control -f ignore-size,no-output \\; has-session -t =gc-control
exec tmux -u -C new-session -A -s gc-control -f ignore-size,no-output sh -c 'read -r _' \\; set-option destroy-unattached on`,
]

/**
 * Opens a control stream to the tmux that holds `main`. The signal governs the opening; the stream outlives it.
 * @param condition shell text that holds where there is a server to connect to. Default: it holds `main`
 * @throws {NoMainSession} the condition does not hold
 * @throws {TmuxError} tmux is missing or refused
 */
export function connect(transport: Transport, signal?: AbortSignal, condition = HOLDS_MAIN): Promise<Tmux> {
  const open = () => openClient(transport, signal, condition)
  return transport.share?.(open) ?? open()
}

async function openClient(
  transport: Transport,
  signal: AbortSignal | undefined,
  condition: string,
): Promise<ControlClient> {
  const opening = new AbortController()
  const abort = () => opening.abort(signal?.reason)
  signal?.throwIfAborted()
  signal?.addEventListener('abort', abort, { once: true })
  try {
    const stream = await transport(command(condition), { signal: opening.signal })
    return await ready(stream, opening.signal).catch((error) => {
      stream.close()
      throw error
    })
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

function ready(stream: CommandStream, signal: AbortSignal): Promise<ControlClient> {
  return new Promise((resolve, reject) => {
    const splitter = new LineSplitter()
    let complaint = ''
    let blocks = 0
    const abort = () => reject(signal.reason)
    const read = (chunk: Buffer) => {
      for (const line of splitter.push(chunk)) {
        const text = line.toString('latin1')
        if (/^%error \d+ \d+ 0$/.test(text)) return reject(new TmuxError(`tmux: ${complaint || 'cannot attach'}`))
        if (/^%end \d+ \d+ 0$/.test(text) && ++blocks === 2) {
          settle()
          resolve(new ControlClient(stream, splitter))
          return
        }
        complaint = text
      }
    }
    const settle = () => {
      stream.stdout.off('data', read)
      signal.removeEventListener('abort', abort)
    }
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    stream.stdout.on('data', read)
    stream.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString()
    })
    stream.exit.then(
      (code) => reject(refusal(code, complaint.trim())),
      (error: Error) => reject(error),
    )
  })
}

function refusal(code: number, complaint: string): TmuxError {
  if (code === NO_MAIN) return new NoMainSession(complaint || 'tmux has no session "main"')
  if (code === NO_TMUX) return new TmuxError(`the image has no tmux: ${complaint}`)
  const message = `tmux ended with exit code ${code}: ${complaint}`
  return code === KILLED ? new KilledConnecting(message) : new TmuxError(message)
}
