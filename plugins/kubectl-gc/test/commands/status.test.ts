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
