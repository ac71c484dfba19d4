import type { Output } from '../runtime.ts'

const codes: Record<string, number> = { Running: 32, Starting: 33, Stopping: 33, Finished: 90, Completed: 90 }
const wrong = 31

/** Whether what is written there may have colours: a terminal that can show them, and no NO_COLOR. */
export function hasColour(output: Output, env: NodeJS.ProcessEnv): boolean {
  return output.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb'
}

/** A session's state in the colour that says how well it is; any word that names no phase is what is wrong. */
export function paintStatus(padded: string, word: string): string {
  return `\x1b[${codes[word] ?? wrong}m${padded}\x1b[0m`
}
