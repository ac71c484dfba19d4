import { expect } from 'vitest'
import { clearScrollback } from '../../src/verbs/clear-scrollback.ts'
import { test } from '../support/local-tmux.ts'

test('the lines above the screen are forgotten', async ({ local, session }) => {
  local.tmux('respawn-pane', '-k', '-t', '=main:', 'seq 1 200; exec sleep 60')
  await expect.poll(() => session.peek({ lines: 1 })).toBe('200\n')
  expect((await session.peek({ lines: 0 })).split('\n')).toHaveLength(201)
  await clearScrollback(session)
  const left = (await session.peek({ lines: 0 })).trim().split('\n')
  expect(left.length).toBeLessThanOrEqual(30)
  expect(left.at(-1)).toBe('200')
})
