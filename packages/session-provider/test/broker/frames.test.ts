import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FrameReader, frame } from '../../src/broker/frames.ts'

const frames = fc.array(
  fc.record({ type: fc.integer({ min: 0, max: 255 }), payload: fc.uint8Array({ maxLength: 300 }) }),
)

test('frames come out as they went in, whatever the borders of the chunks', () => {
  fc.assert(
    fc.property(frames, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sent, sizes) => {
      const bytes = Buffer.concat(sent.map(({ type, payload }) => frame(type, payload)))
      const reader = new FrameReader()
      const received = []
      for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1
        received.push(...reader.push(bytes.subarray(at, at + size)))
        at += size
      }
      expect(received).toEqual(sent.map(({ type, payload }) => ({ type, payload: Buffer.from(payload) })))
    }),
  )
})

test('a megabyte in small chunks takes no time', () => {
  const bytes = frame(3, Buffer.alloc(4_000_000, 'x'))
  const reader = new FrameReader()
  const began = performance.now()
  const received = []
  for (let at = 0; at < bytes.length; at += 1000) received.push(...reader.push(bytes.subarray(at, at + 1000)))
  expect(received.map(({ payload }) => payload.length)).toEqual([4_000_000])
  expect(performance.now() - began).toBeLessThan(1000)
})

test('a stream that is none of ours is refused, rather than waited for', () => {
  expect(() => new FrameReader().push(Buffer.from('GET / HTTP/1.1\r\n'))).toThrow('is none')
})
