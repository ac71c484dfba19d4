import { expect, test } from 'vitest'
import { assertPlainLog, firstBytes } from '../../src/engine/plain-log.ts'
import type { LogOptions } from '../../src/provider.ts'

test.for([
  [{ previous: true }, 'no earlier run'],
  [{ timestamps: true }, 'does not tell when'],
  [{ sinceSeconds: 0 }, 'does not tell when'],
  [{ sinceTime: new Date(0) }, 'does not tell when'],
  [{ limitBytes: 0 }, 'must be greater than 0, not 0'],
] as [LogOptions, string][])('%j is refused', ([options, why]) => {
  expect(() => assertPlainLog(options, 'in memory')).toThrow(expect.objectContaining({ name: 'InvalidArgument' }))
  expect(() => assertPlainLog(options, 'in memory')).toThrow(why)
})

test.for([
  [undefined, ['abc', 'def']],
  [7, ['abc', 'def']],
  [6, ['abc', 'def']],
  [4, ['abc', 'd']],
  [3, ['abc']],
  [1, ['a']],
] as const)('the first %j bytes are %j, and no more is read then', async ([limit, expected]) => {
  let read = 0
  let left = false
  async function* log() {
    try {
      for (const text of ['abc', 'def']) {
        read += text.length
        yield Buffer.from(text)
      }
    } finally {
      left = true
    }
  }
  const chunks: string[] = []
  for await (const chunk of firstBytes(log(), limit)) chunks.push(Buffer.from(chunk).toString())
  expect([chunks, left]).toEqual([expected, true])
  expect(read).toBe(expected.length * 3)
})
