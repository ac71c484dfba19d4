import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lines } from '../../src/watch/lines.ts'

async function split(chunks: Buffer[]): Promise<string[]> {
  async function* stream() {
    yield* chunks
  }
  const result: string[] = []
  for await (const line of lines(stream())) result.push(line)
  return result
}

test('lines come out whole however the bytes are cut', async () => {
  const line = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\n'))
  await fc.assert(
    fc.asyncProperty(fc.array(line), line, fc.array(fc.nat(200)), async (whole, rest, cuts) => {
      const bytes = Buffer.from(whole.map((text) => `${text}\n`).join('') + rest)
      const borders = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length]
      const chunks = borders.slice(1).map((end, index) => bytes.subarray(borders[index], end))
      expect(await split(chunks)).toEqual(whole.map((text) => Buffer.from(text).toString()))
    }),
  )
})
