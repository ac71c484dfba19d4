import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memorySessionProvider } from '@kubectl-gc/session-provider'
import { ask } from '../src/ask.ts'

test('an answer is found on the screen', async () => {
  await using provider = memorySessionProvider({
    onNudge: (terminal, text) => terminal.print(`thinking...\nYou said: ${text}\n`),
  })
  await provider.start('parrot')
  assert.equal(await ask(provider, 'parrot', 'hello', /^You said: .*$/m), 'You said: hello')
  assert.deepEqual(provider.terminal('parrot').nudges.map(String), ['hello'])
})

test('a session that ends instead is an error', async () => {
  await using provider = memorySessionProvider({ onNudge: (terminal) => terminal.end(1) })
  await provider.start('parrot')
  await assert.rejects(ask(provider, 'parrot', 'hello', /never/), { name: 'SessionNotFound' })
})
