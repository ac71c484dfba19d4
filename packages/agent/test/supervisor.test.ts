import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { isStaged, supervisorCommand } from '../src/index.ts'
import { shells, test } from './support/supervise.ts'

describe.concurrent.each(shells)('under %s', (name, ...shell) => {
  test.for([
    ['true', 0],
    ['exit 7', 7],
    ['exec sh -c "exit 9"', 9],
    ['kill -KILL $$', 137],
    ['exit 148', 148],
    ["sh -c 'kill -STOP $$; exit 6'", 6],
    ["exec sh -c 'kill -STOP $$; exit 8'", 8],
  ] as const)('%s ends it with %i', async ([command, code], { supervise }) => {
    const supervised = await supervise({ shell, command })
    expect(await supervised.ended).toBe(code)
  })

  test('the command arrives as written, however long', async ({ supervise }) => {
    const text = `it's "$$" \\ \`x\` é 😀\n$(echo no) %s ;`.repeat(5000)
    const command = `cat > written <<'END'\n${text}\nEND\n# last line \\`
    const supervised = await supervise({ shell, command })
    expect(await supervised.ended).toBe(0)
    expect(await readFile(join(supervised.directory, 'written'), 'utf8')).toBe(`${text}\n`)
  })

  test('SIGTERM hangs up the agent and reports its own code', async ({ supervise }) => {
    const command = `trap 'exit 5' HUP; echo ready; while :; do read line; done; exit 1`
    const supervised = await supervise({ shell, command: `sh -c '${command.replaceAll("'", `'\\''`)}'; exit 3` })
    await supervised.printed('ready')
    supervised.signal('SIGTERM')
    expect(await supervised.ended).toBe(5)
  })

  test('SIGTERM ends nested interactive shells', async ({ supervise }) => {
    const supervised = await supervise({ shell, command: '' })
    await supervised.up()
    await supervised.tmux('send-keys', '-t', '=main:', 'sh -i -c "echo re\'\'ady; sleep 1000"', 'Enter')
    await supervised.printed('ready\n')
    supervised.signal('SIGTERM')
    expect(await supervised.ended).toBe(129)
  })

  test('a second SIGTERM kills an agent that ignores the first', async ({ supervise }) => {
    const supervised = await supervise({
      shell,
      command: `sh -c 'trap "echo ignored" HUP; echo ready; while :; do sleep 1000; done'`,
    })
    await supervised.printed('ready')
    supervised.signal('SIGTERM')
    await supervised.printed('ignored')
    supervised.signal('SIGTERM')
    expect(await supervised.ended).toBe(137)
  })

  test('SIGINT interrupts what runs in the foreground, scrolled back or not', async ({ supervise }) => {
    const supervised = await supervise({
      shell,
      command: `trap : INT; echo first; sleep 1000; echo second; sleep 1000; exit 4`,
    })
    await supervised.printed('first')
    supervised.signal('SIGINT')
    await supervised.printed('second')
    await supervised.tmux('copy-mode', '-t', '=main:')
    supervised.signal('SIGINT')
    expect(await supervised.ended).toBe(4)
  })

  // bash's wait drops one of two signals that are pending at the same instant.
  test.skipIf(name === 'bash')('SIGINT and SIGTERM at once both arrive', async ({ supervise }) => {
    const command = `sh -c 'trap "echo interrupted" INT; trap "echo hung up; exit 2" HUP; echo ready; while :; do sleep 1000 & wait; done'`
    const supervised = await supervise({ shell, command })
    await supervised.printed('ready')
    supervised.signal('SIGINT')
    supervised.signal('SIGTERM')
    expect(await supervised.ended).toBe(2)
    expect(await supervised.output()).toContain('interrupted')
  })

  test('prints every line of the pane, the last one too', async ({ supervise }) => {
    const supervised = await supervise({ shell, command: 'echo one; echo two; printf three' })
    await supervised.ended
    expect(await supervised.output()).toBe('one\ntwo\nthree')
  })

  test('ends when main is killed, whatever other sessions there are', async ({ supervise }) => {
    const supervised = await supervise({ shell, command: 'echo ready; sleep 1000' })
    await supervised.printed('ready')
    await supervised.tmux('new-session', '-d', '-s', 'another', 'sleep 1000')
    await supervised.tmux('new-session', '-d', '-s', 'main-2', 'sleep 1000')
    await supervised.tmux('kill-session', '-t', '=main-2')
    await supervised.tmux('has-session', '-t', '=main')
    await supervised.tmux('kill-session', '-t', '=main')
    expect(await supervised.ended).toBe(143)
  })

  test('ends when the tmux server is gone', async ({ supervise }) => {
    const supervised = await supervise({ shell, command: 'echo ready; sleep 1000' })
    await supervised.printed('ready')
    process.kill(Number(await supervised.tmux('display-message', '-p', '#{pid}')), 'SIGKILL')
    expect(await supervised.ended).toBe(143)
  })

  test('an agent whose pane is given to another command is hung up', async ({ supervise }) => {
    const supervised = await supervise({
      shell,
      command: `sh -c 'trap "echo hung up >ended; exit" HUP; echo ready; sleep 1000'`,
    })
    await supervised.printed('ready')
    await supervised.tmux('respawn-pane', '-k', '-t', '=main:', 'while ! [ -e ended ]; do sleep 0.01; done; sleep 1000')
    await supervised.wrote('ended')
    await supervised.tmux('has-session', '-t', '=main')
  })

  test('goes on when the pane is piped elsewhere', async ({ supervise }) => {
    const supervised = await supervise({ shell, command: 'echo ready; read line; exit 6' })
    await supervised.printed('ready')
    await supervised.tmux('pipe-pane', '-t', '=main:', 'cat >/dev/null')
    await supervised.tmux('send-keys', '-t', '=main:', 'Enter')
    expect(await supervised.ended).toBe(6)
  })

  test('provision outlives main and ends at SIGTERM', async ({ supervise }) => {
    const supervised = await supervise({ shell, mode: 'provision' })
    await supervised.up()
    await supervised.tmux('new-session', '-d', '-s', 'main', 'true')
    await supervised.gone()
    await supervised.tmux('new-session', '-d', '-s', 'main', 'sleep 1000')
    await supervised.tmux('kill-server')
    await supervised.up()
    await supervised.tmux('new-session', '-d', '-s', 'main', '-c', supervised.directory, 'echo >started; sleep 1000')
    await supervised.wrote('started')
    supervised.signal('SIGTERM')
    expect(await supervised.ended).toBe(143)
  })
})

test('arguments tell whether they wait for files', () => {
  expect(isStaged(supervisorCommand({ command: 'claude' }).slice(1))).toBe(false)
  expect(isStaged(supervisorCommand({ staging: 30 }).slice(1))).toBe(true)
  expect(isStaged(['-c', 'sleep 1'])).toBeUndefined()
})
