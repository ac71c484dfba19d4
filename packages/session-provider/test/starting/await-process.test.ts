import { expect, test } from 'vitest'
import { awaitProcess } from '../../src/starting/await-process.ts'

const { signal } = new AbortController()

test('it comes: any of the names will do, and a look that fails is made again', async () => {
  const looks = [['sh'], new Error('cut'), ['sh', 'node']]
  const look = async () => {
    const seen = looks.shift() ?? []
    if (seen instanceof Error) throw seen
    return seen
  }
  expect(await awaitProcess(['claude', 'node'], look, signal)).toBe(true)
  expect(looks).toEqual([])
})

test('where nothing comes or goes it is not waited for to the end', async () => {
  const began = performance.now()
  expect(await awaitProcess(['claude'], async () => ['sh', 'sleep'], signal, { still: 300 })).toBe(false)
  expect(performance.now() - began).toBeLessThan(2000)
})

test('where much comes and goes it is waited for until the time is over', async () => {
  let count = 0
  const began = performance.now()
  const look = async () => [`step-${++count}`]
  expect(await awaitProcess(['claude'], look, signal, { longest: 700, still: 300 })).toBe(false)
  expect(performance.now() - began).toBeGreaterThan(600)
})

test('it ends when the caller gives up', async () => {
  const waiting = awaitProcess(['claude'], async () => [], AbortSignal.timeout(50))
  await expect(waiting).rejects.toThrow()
})
