import { expect } from 'vitest'
import { openTerminal } from './terminal.ts'

/** What a terminal is when nobody has switched anything on. */
export const untouched = {
  alternate: false,
  bracketedPaste: false,
  mouse: 'none',
  cursorKeys: false,
  hiddenCursor: false,
}

/**
 * Ends a command by a signal once it has shown this, and expects the signal's exit code and a terminal as it was
 * before.
 */
export async function expectRestored(
  signal: NodeJS.Signals,
  command: string,
  shown: RegExp,
  options: Parameters<typeof openTerminal>[2],
): Promise<void> {
  const script = `sh -c 'echo pid $$.; exec ${command}'; echo code $?.; stty -a`
  using person = openTerminal('sh', ['-c', script], options)
  await expect.poll(person.output).toMatch(shown)
  const [, pid = ''] = /pid (\d+)\./.exec(person.output()) ?? []
  process.kill(Number(pid), signal)
  await person.exitCode
  expect(person.output()).toMatch(/code 1(29|30|43)\./)
  expect(person.output()).toMatch(/[^-]icanon/)
  expect(person.output()).toMatch(/[^-]echo /)
  expect(person.modes()).toEqual(untouched)
}
