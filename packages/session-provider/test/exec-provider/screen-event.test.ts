import fc from 'fast-check'
import { expect, test } from 'vitest'
import { screenEvent } from '../../src/exec-provider/screen-event.ts'

const LONGEST = 64 * 1024

test('a screen of any characters is one line that gives it back, or its end where it is too large', () => {
  const screen = fc.string({ unit: 'binary', maxLength: 200 })
  fc.assert(
    fc.property(screen, fc.constantFrom(1, 100, 2000), (text, times) => {
      const whole = text.repeat(times)
      const line = screenEvent(whole)
      expect(line.indexOf('\n')).toBe(line.length - 1)
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(LONGEST)
      const { content } = JSON.parse(line) as { content: string }
      expect(whole.endsWith(content)).toBe(true)
      if (content !== whole) expect(Buffer.byteLength(line)).toBeGreaterThan(LONGEST - 20)
    }),
    { numRuns: 60 },
  )
})

test('no character is cut in two', () => {
  const { content } = JSON.parse(screenEvent('🙂'.repeat(40_000))) as { content: string }
  expect(content.isWellFormed()).toBe(true)
  expect(content.length).toBeGreaterThan(30_000)
})
