import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { InvalidArgument } from '../errors.ts'
import type { AttachOptions } from '../provider.ts'
import { type AttachTerminal, attachCommand } from '../verbs/attach.ts'
import { findRunning } from './find.ts'
import type { Settings } from './options.ts'
import { surroundingsOf } from './transport.ts'

/**
 * Joins this process's own terminal to a session. Resolves with tmux's exit code.
 * @throws {InvalidArgument} the terminal is another one: without a pseudo-terminal of its own, tmux can only be given
 * this process's
 */
export async function attachTo(
  settings: Settings,
  name: string,
  { input, output, term }: AttachTerminal,
  options: AttachOptions,
): Promise<number> {
  const { signal } = options
  signal?.throwIfAborted()
  const session = await findRunning(settings, name)
  if (input !== process.stdin || output !== process.stdout || !process.stdin.isTTY || !process.stdout.isTTY) {
    throw new InvalidArgument("only this process's own terminal can be attached to a session of this machine", {
      suggestion: `attach from a terminal: TMUX_TMPDIR=${session.folder} tmux attach -t =main`,
    })
  }
  const [program = '', ...args] = attachCommand(term, options)
  const child = spawn(program, args, { ...(await surroundingsOf(session)), stdio: 'inherit' })
  const abort = () => child.kill('SIGTERM')
  signal?.addEventListener('abort', abort, { once: true })
  try {
    const [code] = await once(child, 'close')
    signal?.throwIfAborted()
    return code ?? 1
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}
