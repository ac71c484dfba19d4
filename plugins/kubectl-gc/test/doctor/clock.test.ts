import { expect, test } from 'vitest'
import type { Subject } from '../../src/doctor/check.ts'
import { clock } from '../../src/doctor/checks/clock.ts'

const second = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds))

test.for([
  ['at once, and says the same time', 0, 0, 'ok'],
  ['at once, and is ahead', 0, 10, 'warning'],
  ['after 20 s, at whose end it was asked', 20, 20, 'ok'],
  ['after 20 s, and is ahead by more than that', 20, 40, 'warning'],
] as const)('an API server that answers %s', async ([, took, said, verdict]) => {
  const times = [second(0), second(took)]
  const now = () => times.shift() ?? second(took)
  const cluster = { client: { serverTime: async () => second(said) } }
  const { signal } = new AbortController()
  expect(await clock.look({ cluster, now, signal } as unknown as Subject)).toMatchObject({ verdict })
})
