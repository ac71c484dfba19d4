import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import {
  hasProcess,
  hasState,
  listEnd,
  listProcessesAgainCommand,
  listProcessesCommand,
  statesOnly,
} from '../../src/verbs/process-alive.ts'

function listing(): string {
  const [shell = '', ...args] = listProcessesCommand('<separator>')
  return execFileSync(shell, args, { encoding: 'utf8', maxBuffer: 1e8 })
}

const alive = (...names: string[]) => hasProcess(listing(), '<separator>', names)

test('a program, and a script that an interpreter runs, are found by name; parts of a name are not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gc-alive-'))
  const script = join(folder, `agent-${basename(folder)}`)
  writeFileSync(script, 'echo ready; while :; do sleep 60; done')
  const child = spawn('sh', ['-e', script, '--flag-of-agent'], { detached: true })
  await once(child.stdout, 'data')
  const name = basename(script)
  expect(alive('nothing', name)).toBe(true)
  expect(alive('sleep')).toBe(true)
  expect(alive(name.slice(0, -1), script, '--flag-of-agent', 'gc-processes')).toBe(false)
  process.kill(-(child.pid ?? 0), 'SIGKILL')
  await once(child, 'close')
  expect(alive(name)).toBe(false)
  rmSync(folder, { recursive: true })
})

test.each([
  ['12 (claude) S 1 12', '', true],
  ['12 (node) S 1 12', 'node\0/usr/local/bin/claude\0--resume\0', true],
  ['12 (MainThread) S 1 12', 'node\0--no-warnings\0/usr/local/bin/claude\0', true],
  ['12 (a) b (claude) S 1', '', false],
  ['12 (claude) Z 1 12', '', false],
  ['12 (sh) S 1 12', 'sh\0-c\0claude --resume\0', false],
])('%s %j: %s', (stat, commandLine, expected) => {
  expect(hasProcess(`<s>${stat}\n${commandLine}`, '<s>', ['claude'])).toBe(expected)
})

test('a shell that lists again and again tells of itself and its kind to nobody', () => {
  const [shell = '', ...args] = listProcessesAgainCommand
  const other = spawn(shell, args)
  const output = execFileSync(shell, args, { encoding: 'utf8', input: '<a>\n<b>\n', maxBuffer: 1e8 })
  other.stdin.end()
  const end = output.indexOf(listEnd('<a>'))
  const [first, second] = [output.slice(0, end), output.slice(end + listEnd('<a>').length)]
  expect(second.endsWith(listEnd('<b>'))).toBe(true)
  const own = basename(process.execPath)
  expect(hasProcess(first, '<a>', [own])).toBe(true)
  expect(hasProcess(second, '<b>', [own])).toBe(true)
  expect(first).toContain(`\0gc-processes\0`)
  expect(hasProcess(first, '<a>', ['gc-processes'])).toBe(false)
})

test('asked for states only, a shell starts no program, and what it prints suffices for a yes', () => {
  const [shell = '', ...args] = listProcessesAgainCommand
  const input = `${statesOnly('<a>')}\n<b>\n`
  const output = execFileSync(shell, args, { encoding: 'utf8', input, maxBuffer: 1e8 })
  const [states = ''] = output.split(listEnd('<a>'))
  expect(states).not.toContain('\0')
  expect(hasState(states, '<a>', ['sh', 'node', 'MainThread', 'node-MainThread'])).toBe(true)
  expect(hasState(states, '<a>', ['nothing'])).toBe(false)
})

test.each([
  ['12 (claude) S 1 12', true],
  ['12 (claude) Z 1 12', false],
  ['12 (claude) S 0 12', false],
  ['12 (a) S 1 (claude) S 0 12', false],
])('%s without arguments: %s', (stat, expected) => {
  expect(hasState(`<s>${stat}\n`, '<s>', ['claude'])).toBe(expected)
})
