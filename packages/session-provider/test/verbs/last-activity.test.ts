import { setTimeout } from 'node:timers/promises'
import { expect } from 'vitest'
import { connect } from '../../src/tmux/connect.ts'
import { lastActivity } from '../../src/verbs/last-activity.ts'
import { test } from '../support/local-tmux.ts'

test('output moves it; our own commands and connections do not', async ({ local, session }) => {
  local.tmux('respawn-pane', '-k', '-t', '=main:', 'echo ready; read -r line; echo "$line"; exec sleep 60')
  await expect.poll(() => session.peek()).toBe('ready\n')
  const before = await lastActivity(session)
  expect(Math.abs(before.getTime() - Date.now())).toBeLessThan(5000)
  await setTimeout(1500)
  ;(await connect(local.transport)).close()
  await session.setMeta('KEY', 'value')
  await session.peek()
  expect(await lastActivity(session)).toEqual(before)
  await session.nudge('go')
  await expect.poll(async () => (await lastActivity(session)) > before).toBe(true)
})
