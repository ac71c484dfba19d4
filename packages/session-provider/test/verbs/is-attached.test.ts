import { spawn } from 'node:child_process'
import { expect } from 'vitest'
import { connect } from '../../src/tmux/connect.ts'
import { isAttached } from '../../src/verbs/is-attached.ts'
import { test } from '../support/local-tmux.ts'

test('a person counts from attaching to leaving; programs do not', async ({ local, session }) => {
  const other = await connect(local.transport)
  const control = await local.transport(['tmux', '-C', 'attach', '-t', '=main'], {})
  await expect.poll(() => local.tmux('list-clients', '-t', '=main')).toContain('control-mode')
  expect(await isAttached(session)).toBe(false)

  const env = { ...process.env, TMUX_TMPDIR: local.folder, TMUX: '', TERM: 'xterm' }
  const person = spawn('script', ['-qfec', 'tmux attach -t =main', '/dev/null'], {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  await expect.poll(() => isAttached(session)).toBe(true)
  local.tmux('detach-client', '-s', '=main')
  await expect.poll(() => isAttached(session)).toBe(false)
  person.kill()
  control.close()
  other.close()
})
