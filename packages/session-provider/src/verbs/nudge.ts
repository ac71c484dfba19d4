import { InvalidArgument } from '../errors.ts'
import type { Session } from '../session.ts'
import { pasteAndSubmit } from '../tmux/paste.ts'

/**
 * Types a message into the session and submits it, byte for byte, as one tmux command line, so that concurrent nudges
 * never interleave and a cut never leaves half a message in the input. The message is logged in `/tmp/gc-nudge` too.
 * @param text any length; tmux key names in it are text, not keys
 * @throws {InvalidArgument} the text is empty or holds a NUL byte
 * @throws {OutcomeUnknown} the stream was cut before the answer
 */
export async function nudge(session: Session, text: string | Uint8Array): Promise<void> {
  if (text.length === 0) throw new InvalidArgument('a nudge needs a text')
  await session.tmux.runAll(pasteAndSubmit(text))
}
