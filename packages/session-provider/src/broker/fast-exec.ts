import { abortable } from '../deadline.ts'
import { isSessionError } from '../errors.ts'
import type { TmuxLine } from '../exec-provider/tmux-line.ts'
import type { SessionProvider } from '../provider.ts'
import type { Session } from '../session.ts'
import { quote } from '../tmux/quote.ts'

/** Where a tmux that is run by a shell looks for the encoding of its output, in this order. */
const ENCODING = ['LC_ALL', 'LC_CTYPE', 'LANG']

/**
 * Runs a tmux command over the session's control stream, and gives what a shell that runs it would print. Undefined
 * where that is not certain: nothing has been changed then, and it can be run by a shell.
 * @throws {OutcomeUnknown} the stream was cut before the answer
 */
export async function runOnStream(
  provider: SessionProvider,
  name: string,
  { words: [command = '', ...args], prints, reads }: TmuxLine,
  signal: AbortSignal,
): Promise<Buffer | undefined> {
  try {
    const session = await provider.open(name, { signal })
    const output = await abortable(session.tmux.run([command, ...args.map(quote)].join(' ')), signal)
    if (!prints) return output.length === 0 ? output : undefined
    if (!isAscii(output) && !(await printsUtf8(session))) return undefined
    return Buffer.concat([output, Buffer.from('\n')])
  } catch (error) {
    if (signal.aborted || !isSessionError(error)) throw error
    if (error.name === 'OutcomeUnknown' && !reads) throw error
    return undefined
  }
}

function isAscii(output: Buffer): boolean {
  return output.every((byte) => byte < 0x80)
}

/** Whether a tmux that is run in the container prints UTF-8: it goes by the environment that its server has too. */
async function printsUtf8({ tmux }: Session): Promise<boolean> {
  const lines = (await tmux.run('show-environment -g')).toString().split('\n')
  const values = ENCODING.map((name) => lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1))
  return /utf-?8/i.test(values.find((value) => value !== undefined && value !== '') ?? '')
}
