import { pipeline } from 'node:stream/promises'
import { type Call, input, isReaderGone, type Operation, write } from '../call.ts'

/**
 * Runs the shell text on standard input, of any length and bytes, where the agent works, with no input of its own. `cat` reads it where there
 * is one, because shells read a pipe byte by byte. Runtimes end a command's input once it closes one of its outputs, so
 * outputs are joined only after that.
 * @param merge shell text that runs last before it
 */
const shell = (merge = ':') => `exec 3<&0 </dev/null
if command -v cat >/dev/null; then
  gc_text=$(cat <&3)
else
  gc_text=
  while IFS= read -r gc_line || [ -n "$gc_line" ]; do gc_text=$gc_text$gc_line'
'; done <&3
fi
exec 3<&-
[ -z "$GC_SESSION_DIR" ] || cd -- "$GC_SESSION_DIR"
${merge}
eval "$gc_text"`

/** Running commands beside the agent. The exit code is the command's own. */
export const commands: Record<string, Operation> = {
  exec: (call) => run(call, shell('exec 2>&1')),
  'proc-stream': (call) => run(call, shell()),
}

/** Hands the output on as it comes, no faster than it is read. A reader who leaves ends the command. */
async function run(call: Call, script: string): Promise<number> {
  const text = await input(call)
  const { provider, name, stdout, stderr, signal } = call
  await using command = await provider.spawn(name, ['sh', '-c', script, 'sh'], { signal, stdin: text })
  const output = Promise.all([
    pipeline(command.stdout, stdout, { end: false }),
    pipeline(command.stderr, stderr, { end: false }),
  ]).catch(async (error) => {
    if (!isReaderGone(error)) await command.wait() // knows better why it was cut
    throw error
  })
  const [exitCode] = await Promise.all([command.wait(), output])
  await Promise.all([write(stdout, ''), write(stderr, '')])
  return exitCode
}
