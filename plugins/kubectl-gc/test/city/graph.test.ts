import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assertNoCycle, inOrder, type Task } from '../../src/city/graph.ts'

const never = new AbortController().signal

/** Tasks that wait only for tasks before them. */
const acyclic = fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { maxLength: 20 }).map((all): Task[] =>
  all.map((before, index) => ({
    name: `t${index}`,
    after: index === 0 ? [] : [...new Set(before.map((number) => `t${number % index}`))],
  })),
)

test('every task begins after those before it are done, and no more go on than may', async () => {
  await fc.assert(
    fc.asyncProperty(acyclic, fc.integer({ min: 1, max: 5 }), async (tasks, limit) => {
      assertNoCycle(tasks, 'tasks')
      const done = new Set<string>()
      let running = 0
      const outcomes = await inOrder(
        fc.sample(fc.shuffledSubarray(tasks, { minLength: tasks.length }), 1)[0] ?? [],
        async ({ name, after }) => {
          expect(after.every((other) => done.has(other))).toBe(true)
          running += 1
          expect(running).toBeLessThanOrEqual(limit)
          await new Promise((resolve) => setImmediate(resolve))
          running -= 1
          done.add(name)
        },
        { limit, signal: never },
      )
      expect(outcomes.size).toBe(tasks.length)
      expect([...outcomes.values()].every((outcome) => 'done' in outcome)).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test('what needs a task that failed is skipped, and the rest is done', async () => {
  const tasks = [
    { name: 'c', after: ['b'] },
    { name: 'b', after: ['a'] },
    { name: 'a', after: [] },
    { name: 'other', after: ['nowhere'] },
  ]
  const act = async ({ name }: Task) => {
    if (name === 'a') throw new Error('no')
    return name
  }
  expect(Object.fromEntries(await inOrder(tasks, act, { limit: 2, signal: never }))).toEqual({
    a: { failed: new Error('no') },
    b: { skipped: 'a' },
    c: { skipped: 'b' },
    other: { done: 'other' },
  })
})

test('once the signal fires, none begins', async () => {
  const abort = new AbortController()
  const begun: string[] = []
  const tasks = ['a', 'b', 'c'].map((name, index, all) => ({ name, after: all.slice(0, index) }))
  const outcomes = await inOrder(
    tasks,
    async ({ name }) => {
      begun.push(name)
      abort.abort(new Error('enough'))
    },
    { limit: 1, signal: abort.signal },
  )
  expect(begun).toEqual(['a'])
  expect(outcomes.get('b')).toEqual({ failed: new Error('enough') })
  expect(outcomes.get('c')).toEqual({ skipped: 'b' })
})

test.for([
  [{ a: ['a'] }, 'a -> a'],
  [{ a: ['b'], b: ['c'], c: ['b'] }, 'b -> c -> b'],
])('%j is a circle', ([graph, circle]) => {
  const tasks = Object.entries(graph as Record<string, string[]>).map(([name, after]) => ({ name, after }))
  expect(() => assertNoCycle(tasks, 'agents')).toThrow(`agents wait for one another: ${circle}`)
})
