import { pipeline } from 'node:stream/promises'
import type { AttachOptions } from '../provider.ts'
import type { AttachTerminal } from '../verbs/attach.ts'
import { attachCommand } from '../verbs/attach.ts'
import { type Cluster, nameOf } from './cluster.ts'
import { CONTAINER } from './labels.ts'
import { findPod } from './pod-stream.ts'

/** Joins a terminal to a session over an exec with a terminal of its own. Resolves with tmux's exit code. */
export async function attachTo(
  cluster: Cluster,
  session: string,
  terminal: AttachTerminal,
  options: AttachOptions,
): Promise<number> {
  const { signal } = options
  const pod = await findPod(cluster, session, signal)
  const stream = await cluster.client.exec(nameOf(pod), {
    command: attachCommand(terminal.term, options),
    container: CONTAINER,
    stdin: true,
    tty: true,
    signal,
  })
  const resize = () => {
    const { columns, rows } = terminal.size()
    stream.resize(columns, rows)
  }
  resize()
  const stopResizing = terminal.onResize(resize)
  const output = pipeline(stream.stdout, terminal.output, { end: false })
  terminal.input.on('data', forward)
  terminal.input.resume()
  function forward(chunk: Uint8Array) {
    if (!stream.stdin.write(chunk)) {
      terminal.input.pause()
      stream.stdin.once('drain', () => terminal.input.resume())
    }
  }
  try {
    const exitCode = await stream.exit
    await output
    return exitCode
  } finally {
    stopResizing()
    terminal.input.off('data', forward)
    terminal.input.pause()
    stream.close()
    output.catch(() => {})
  }
}
