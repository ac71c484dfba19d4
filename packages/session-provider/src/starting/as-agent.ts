import type { Readable } from 'node:stream'
import { excerpt } from '../run/excerpt.ts'
import { spawnBeside } from '../run/spawn.ts'
import type { Transport } from '../tmux/transport.ts'

/** How a command fared. */
export interface Outcome {
  exitCode: number
  /** The beginning of what it printed to both outputs. */
  output: string
}

export interface AsAgentOptions {
  /** Where it runs; made where there is none. Default: the container's directory. */
  directory?: string | undefined
  /** What it reads. Default: nothing. */
  stdin?: Readable | undefined
  signal: AbortSignal
}

/**
 * Takes HOME and what hangs on it from the agent's tmux, since a container's environment need not say it, then becomes
 * the command, which comes in pieces because Linux limits the length of one argument.
 */
const BECOME = `for gc_name in HOME CLAUDE_CONFIG_DIR; do
  eval "$(tmux -u show-environment -g -s "$gc_name" 2>/dev/null)"
done
if [ -n "$1" ]; then
  [ -d "$1" ] || mkdir -p -- "$1"
  cd -- "$1" || exit
fi
shift
gc_command=
for gc_piece do gc_command=$gc_command$gc_piece; done
set --
eval "$gc_command"`

/** Characters: at four bytes each still under the 128 KiB that Linux allows for one argument. */
const PIECE = 24 * 1024

/** Runs a shell command in a session's container, and waits for its end; when the signal fires, it is ended. */
export async function runAsAgent(transport: Transport, command: string, options: AsAgentOptions): Promise<Outcome> {
  // Runtimes end a command's input once it closes one of its outputs, so they are joined only where it has none.
  const text = options.stdin === undefined ? `exec </dev/null 2>&1\n${command}` : command
  const line = ['sh', '-c', BECOME, 'gc-run', options.directory ?? '', ...pieces(text)]
  const running = await spawnBeside((_, words, how) => transport(words, how), '', line, {
    signal: options.signal,
    stdin: options.stdin === undefined ? '' : undefined,
  })
  options.stdin?.pipe(running.stdin)
  const outputs = Promise.all([excerpt(running.stdout), excerpt(running.stderr)])
  try {
    const exitCode = await running.wait()
    return { exitCode, output: (await outputs).filter((output) => output !== '').join('\n') }
  } finally {
    options.stdin?.destroy()
  }
}

function pieces(text: string): string[] {
  const characters = [...text]
  const found: string[] = []
  for (let start = 0; start < characters.length; start += PIECE) {
    found.push(characters.slice(start, start + PIECE).join(''))
  }
  return found
}
