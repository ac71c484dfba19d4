import { expect } from 'vitest'
import { follow } from '../../src/engine/follow.ts'
import { SessionNotFound } from '../../src/errors.ts'
import { Session } from '../../src/session.ts'
import { connect } from '../../src/tmux/connect.ts'
import { NoMainSession } from '../../src/tmux/no-main-session.ts'
import { screen } from '../../src/verbs/screen.ts'
import { type LocalTmux, test } from '../support/local-tmux.ts'

const opener = (local: LocalTmux) => async () => {
  try {
    return new Session('main', await connect(local.transport))
  } catch (error) {
    throw error instanceof NoMainSession ? new SessionNotFound('main') : error
  }
}

test('the screen at once, at each change, over a lost connection, until the session ends', async ({ local }) => {
  local.tmux('respawn-pane', '-k', '-t', '=main:', 'echo one; exec cat')
  let session: Session | undefined
  const open = async () => {
    session = await opener(local)()
    return session
  }
  const seen: string[] = []
  for await (const shown of follow(open, screen, undefined)) {
    seen.push(shown)
    if (shown === 'one') {
      await session?.close()
      local.tmux('send-keys', '-t', '=main:', 'two', 'Enter')
    } else if (shown.endsWith('two\ntwo')) {
      local.tmux('kill-session', '-t', '=main')
    }
  }
  expect(seen.at(-1)).toBe('one\ntwo\ntwo')
  expect(new Set(seen).size).toBe(seen.length)
})

test('an abort ends it with the reason; a session that is not there is an error', async ({ local }) => {
  const abort = new AbortController()
  const panes = follow(opener(local), screen, abort.signal)
  await panes.next()
  const next = panes.next()
  abort.abort(new Error('enough'))
  await expect(next).rejects.toThrow('enough')
  local.tmux('kill-session', '-t', '=main')
  await expect(follow(opener(local), screen, undefined).next()).rejects.toMatchObject({ name: 'SessionNotFound' })
})
