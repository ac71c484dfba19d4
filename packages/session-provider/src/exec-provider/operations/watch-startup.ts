import { follow } from '../../engine/follow.ts'
import { screen } from '../../verbs/screen.ts'
import { type Operation, write } from '../call.ts'
import { screenEvent } from '../screen-event.ts'

/** The session's screen as a line of JSON, at once and at each change, until the session ends or we are told to. */
export const watchStartup: Operation = async ({ provider, name, stdout, signal }) => {
  try {
    const screens = follow(() => provider.open(name, { signal }), screen, signal)
    for await (const shown of screens) await write(stdout, screenEvent(shown))
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
