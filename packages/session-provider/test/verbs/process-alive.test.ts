import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { hasProcess, listProcessesCommand } from '../../src/verbs/process-alive.ts'

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
