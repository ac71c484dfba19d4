import { expect } from 'vitest'
import { readSessions } from '../../src/local/session-folder.ts'
import { localTransport, runStreaming } from '../../src/local/transport.ts'
import { OneShotClient } from '../../src/tmux/one-shot-client.ts'
import { test } from '../local/support.ts'

test('a server that goes before it has answered leaves the outcome unknown', async ({ root, provider }) => {
  await provider.start('mayor', { command: 'cat' })
  const [session] = await readSessions(root)
  if (session === undefined) throw new Error('no session was written down')
  const client = new OneShotClient(localTransport(session), undefined)
  await expect(client.run('run-shell "kill -KILL #{pid}"')).rejects.toMatchObject({ name: 'OutcomeUnknown' })
  await expect.poll(() => provider.listRunning()).toEqual([])
})

test('a server that has gone since it was looked for holds no session', async ({ root }) => {
  const tmux = ['tmux', '-u', 'source-file', '-']
  const env = { ...process.env, TMUX: undefined, TMUX_TMPDIR: root }
  const client = new OneShotClient(async () => runStreaming(tmux, { env, cwd: root }, undefined), undefined)
  await expect(client.run('show-environment -t =main')).rejects.toMatchObject({ name: 'NoMainSession' })
})
