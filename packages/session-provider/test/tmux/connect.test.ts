import { expect } from 'vitest'
import { OutcomeUnknown, TmuxError } from '../../src/errors.ts'
import { connect } from '../../src/tmux/connect.ts'
import { StreamClosed } from '../../src/tmux/control-client.ts'
import { NoMainSession } from '../../src/tmux/no-main-session.ts'
import { test } from '../support/local-tmux.ts'

test('without a session main: NoMainSession, and no server is started', async ({ local }) => {
  local.tmux('kill-server')
  await expect(connect(local.transport)).rejects.toBeInstanceOf(NoMainSession)
  expect(() => local.tmux('list-sessions')).toThrow(/no server running|error connecting/)
})

test('a session whose name only begins with main is not main', async ({ local }) => {
  local.tmux('rename-session', '-t', '=main', 'main-2')
  await expect(connect(local.transport)).rejects.toBeInstanceOf(NoMainSession)
})

test('our own session goes when the stream is closed', async ({ local, session }) => {
  expect(local.tmux('list-sessions', '-F', '#{session_name}')).toContain('gc-control')
  await session.close()
  await expect.poll(() => local.tmux('list-sessions', '-F', '#{session_name}')).toBe('main\n')
})

test('a refused command is a TmuxError, and the stream goes on', async ({ session }) => {
  await expect(session.tmux.run('nonsense')).rejects.toBeInstanceOf(TmuxError)
  expect((await session.tmux.run('display-message -p fine')).toString()).toBe('fine')
})

test('a cut before the answer is OutcomeUnknown, a command after it was never sent', async ({ session, local }) => {
  const pending = session.tmux.run('wait-for never')
  process.kill(Number(local.tmux('list-clients', '-F', '#{client_pid}')), 'SIGKILL')
  await expect(pending).rejects.toBeInstanceOf(OutcomeUnknown)
  await expect(session.tmux.run('display-message -p x')).rejects.toBeInstanceOf(StreamClosed)
})

test('an abort rejects with its reason', async ({ local }) => {
  await expect(connect(local.transport, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
})

test.for(['has-session -t =main', 'capture-pane -p -t =main:', 'show-environment -t =main', 'list-panes -s -t =main'])(
  'after the end of main, %s is NoMainSession',
  async (command, { local, session }) => {
    local.tmux('set-option', '-s', 'exit-empty', 'off')
    local.tmux('kill-session', '-t', '=main')
    await expect(session.tmux.run(command)).rejects.toBeInstanceOf(NoMainSession)
  },
)
