import { expect, test } from 'vitest'
import { Lives } from '../../src/broker/lives.ts'

const { signal } = new AbortController()

test('those of one session run one at a time and in order, those of another beside them', async () => {
  const lives = new Lives()
  const seen: string[] = []
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const first = lives.stop('a', async () => {
    await gate
    seen.push('first')
  })
  const second = lives.start('a', signal, async () => seen.push('second'))
  await lives.stop('b', async () => seen.push('other'))
  open()
  await Promise.all([first, second])
  expect(seen).toEqual(['other', 'first', 'second'])
})

test('a failure does not hold up the next', async () => {
  const lives = new Lives()
  const failing = lives.start('a', signal, () => Promise.reject(new Error('no')))
  expect(await lives.stop('a', async () => 'done')).toBe('done')
  await expect(failing).rejects.toThrow('no')
})

test('a stop ends the start that is under way, and waits for it to clean up', async () => {
  const lives = new Lives()
  const seen: string[] = []
  const started = lives.start('a', signal, async (stopped) => {
    await new Promise((resolve) => stopped.addEventListener('abort', resolve))
    seen.push('cleaned up')
    throw stopped.reason
  })
  started.catch(() => {})
  await Promise.resolve()
  await lives.stop('a', async () => seen.push('stopped'))
  await expect(started).rejects.toThrow('stopped by another call')
  expect(seen).toEqual(['cleaned up', 'stopped'])
})
