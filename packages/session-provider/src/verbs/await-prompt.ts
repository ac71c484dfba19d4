import { setTimeout } from 'node:timers/promises'
import type { Session } from '../session.ts'

/** Milliseconds between looks at the screen. */
const LOOK = 50
/** Lines at the end of the screen among which the prompt is: agents show a status below it. */
const LAST_LINES = 15

export interface Patience {
  /** Milliseconds to wait in all. */
  longest: number
  /** Milliseconds that a screen with text on it may stay the same: then it waits for a person, not for us. */
  still: number
}

/**
 * Waits until a line at the end of the screen begins with the prompt; spaces before it, and of which kind, do not count.
 * @returns whether it came
 */
export async function awaitPrompt(
  session: Session,
  prefix: string,
  { longest, still }: Patience,
  signal: AbortSignal,
): Promise<boolean> {
  const prompt = plain(prefix)
  const began = performance.now()
  let screen = ''
  for (let changed = began; ; ) {
    const now = (await session.tmux.run('capture-pane -p -t =main:')).toString().trimEnd()
    const time = performance.now()
    if (
      now
        .split('\n')
        .slice(-LAST_LINES)
        .some((line) => plain(line).startsWith(prompt))
    )
      return true
    if (now !== screen) changed = time
    screen = now
    if (time - began >= longest || (screen !== '' && time - changed >= still)) return false
    await setTimeout(LOOK, undefined, { signal })
  }
}

function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ').trim()
}
