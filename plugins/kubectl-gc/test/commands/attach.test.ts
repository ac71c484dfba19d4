import { expect, test } from 'vitest'
import { gc, Keyboard, Sink } from '../support/gc.ts'
import { MemorySessions } from '../support/memory-sessions.ts'

function terminal() {
  return { stdin: new Keyboard(), stdout: Object.assign(new Sink(), { isTTY: true, columns: 80, rows: 24 }) }
}

test('attach joins the terminal, with its kind and size, and gives tmux its exit code', async () => {
  const sessions = new MemorySessions()
  sessions.add('mayor')
  const { stdin, stdout } = terminal()
  const result = await gc(['attach', 'mayor'], { sessions, stdin, stdout, env: { TERM: 'screen' } })
  expect(result).toMatchObject({ code: 3, stderr: 'Attached to mayor. Detach: C-b d\n' })
  expect(result.stdout).toMatch(/^screen 80x24/)
  expect(stdin.raw).toEqual([true, false])
})

test('the terminal is put back when attaching fails', async () => {
  const { stdin, stdout } = terminal()
  const { code, stderr } = await gc(['attach', 'nobody'], { stdin, stdout })
  expect(code).toBe(1)
  expect(stderr).toContain('error: session "nobody" is not running')
  expect(stdin.raw).toEqual([true, false])
  expect(stdout.text).toContain('\x1b[?1049l')
})

test('attach needs a terminal', async () => {
  const { code, stderr } = await gc(['attach', 'mayor'])
  expect(code).toBe(1)
  expect(stderr).toBe('error: attaching to session "mayor" needs a terminal\nTry: kubectl gc peek mayor\n')
})
