import { SessionNotFound } from '@kubectl-gc/session-provider'
import { expect, test } from 'vitest'
import { gc } from '../support/gc.ts'
import { MemorySessions } from '../support/memory-sessions.ts'

test('a running session: its state, its live metadata, its terminal', async () => {
  const sessions = new MemorySessions()
  const mayor = sessions.add('mayor', { meta: { stale: 'copy' } })
  mayor.pane = `${Array.from({ length: 30 }, (_, row) => `row ${row}`).join('\n')}\n`
  mayor.meta = { b: '2', a: '1' }
  const { code, stdout } = await gc(['status', 'mayor'], { sessions })
  expect(code).toBe(0)
  expect(stdout).toContain('Name:        mayor\nNamespace:   gc\nStatus:      Running\n')
  expect(stdout).toContain('Meta:        a=1\n             b=2\nTerminal:\n  row 20\n')
  expect(stdout.endsWith('  row 29\n')).toBe(true)
})

test('a session that cannot start says why, and asks no terminal', async () => {
  const sessions = new MemorySessions()
  sessions.add('mayor', { phase: 'Starting', reason: 'ErrImagePull', message: 'no such image' })
  const { code, stdout } = await gc(['status', 'mayor'], { sessions })
  expect(code).toBe(0)
  expect(stdout).toContain('Status:      Starting\nReason:      ErrImagePull\nMessage:     no such image\n')
  expect(stdout).not.toContain('Terminal')
})

test('a session that is not there is an error', async () => {
  const { code, stdout, stderr } = await gc(['status', 'mayor'])
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toBe('error: session "mayor" not found in namespace gc\nTry: kubectl gc list\n')
})

test('a session that has just ended is still described', async () => {
  const sessions = new MemorySessions()
  sessions.add('mayor', { meta: { task: 'copied' } })
  sessions.provider.peek = () => {
    throw new SessionNotFound('mayor')
  }
  const { code, stdout, stderr } = await gc(['status', 'mayor'], { sessions })
  expect(code).toBe(0)
  expect(stdout).toContain('Meta:        task=copied\n')
  expect(stderr).toBe('Terminal and metadata cannot be read: session "mayor" is not running\n')
})

test('why a start is stuck is said in words, with the events that prove it and the next command', async () => {
  const sessions = new MemorySessions()
  sessions.add('mayor', { phase: 'Starting', reason: 'ErrImagePull', message: 'the image "x" cannot be pulled: gone' })
  const told = { type: 'Warning' as const, reason: 'Failed', message: 'Failed to pull image "x"', count: 3 }
  sessions.told = [{ ...told, at: new Date('2026-01-01T01:59:30Z') }]
  const { stdout } = await gc(['status', 'mayor'], { sessions })
  expect(stdout).toContain(
    'Why:\n  Its image cannot be had: The image "x" cannot be pulled: gone.\n  Try: kubectl gc stop',
  )
  expect(stdout).toContain('Events:\n  AGE   TYPE      REASON   MESSAGE\n  30s   Warning   Failed   Failed to pull')
  expect(stdout).toContain('(3 times)\n')
})

test('an agent that waits for an answer is told of', async () => {
  const sessions = new MemorySessions()
  sessions.add('mayor').pane = 'Do you trust the files in this folder?\n'
  const { stdout } = await gc(['status', 'mayor'], { sessions })
  expect(stdout).toContain('  Try: kubectl gc send-keys mayor Enter\n')
  expect(stdout).toContain('Activity:    60s ago\n')
})

test('one session as an object', async () => {
  const sessions = new MemorySessions()
  sessions.add('mayor')
  const show = async (format: string) => (await gc(['status', 'mayor', '-o', format], { sessions })).stdout
  expect(JSON.parse(await show('json'))).toMatchObject({ kind: 'Session', status: { phase: 'Running' } })
  expect(await show('jsonpath={.status.phase}')).toBe('Running')
  expect(await show('name')).toBe('session/mayor\n')
})

test('where a quota is used up, that is why a session is not there', async () => {
  const sessions = new MemorySessions()
  sessions.usedUpQuotas = ['pods 3 of 3']
  const { code, stderr } = await gc(['status', 'mayor'], { sessions })
  expect(code).toBe(1)
  expect(stderr).toContain('the quota is used up (pods 3 of 3)\nTry: end one: kubectl gc stop NAME')
})
