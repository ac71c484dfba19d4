import { randomBytes } from 'node:crypto'
import { quote } from './quote.ts'

/**
 * Where nudges are also written, in the session's own file system: `/tmp/gc-nudge`, unless the tmux server's option
 * `@gc-nudge-log` names another file.
 */
const NUDGE_LOG = '"#{?@gc-nudge-log,#{@gc-nudge-log},/tmp/gc-nudge}"'

const MAIN = '=main:'

/**
 * The commands that type bytes into `main` as they are. They go through a buffer because keys that are sent while a
 * person looks at the scrollback would go to tmux's copy mode and be lost.
 * @param bracketed mark the text as one paste, where the program has asked for that
 */
export function paste(data: string | Uint8Array, bracketed = false): string[] {
  const buffer = `gc-${randomBytes(6).toString('hex')}`
  return [
    `set-buffer -b ${buffer} -- ${quote(data)}`,
    `paste-buffer -d -r${bracketed ? 'p' : ''} -b ${buffer} -t ${MAIN}`,
  ]
}

/**
 * The commands that type a message, submit it, and log it: as one line, so that two messages never mix. The log comes
 * last, because the first command that fails ends the line, and a full disk must not hold a message back.
 */
export function pasteAndSubmit(text: string | Uint8Array): string[] {
  const log = `gc-${randomBytes(6).toString('hex')}`
  return [
    ...paste(text, true),
    ...paste('\r'),
    `set-buffer -b ${log} -- ${quote(Buffer.concat([Buffer.from(text as Uint8Array), Buffer.from('\n')]))}`,
    `save-buffer -a -b ${log} ${NUDGE_LOG}`,
    `delete-buffer -b ${log}`,
  ]
}
