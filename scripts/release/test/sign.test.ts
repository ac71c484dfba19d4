import { expect, test } from 'vitest'
import { isSignedAdHoc, signAdHoc } from '../macho/sign.ts'

/** A Mach-O file with code, and a place for a signature. */
function program(signature: number): Buffer {
  const file = Buffer.alloc(signature + 64, 7)
  file.fill(0, 0, 256)
  file.writeUInt32LE(0xfeedfacf, 0)
  file.writeUInt32LE(3, 16)
  const segment = (at: number, name: string, from: number, size: number) => {
    file.writeUInt32LE(0x19, at)
    file.writeUInt32LE(72, at + 4)
    file.write(name, at + 8)
    file.writeBigUInt64LE(BigInt(from), at + 40)
    file.writeBigUInt64LE(BigInt(size), at + 48)
  }
  segment(32, '__TEXT', 0, 4096)
  segment(104, '__LINKEDIT', 4096, file.length - 4096)
  file.writeUInt32LE(0x1d, 176)
  file.writeUInt32LE(16, 180)
  file.writeUInt32LE(signature, 184)
  file.writeUInt32LE(64, 188)
  return file
}

test.for([8192, 8208, 40_000])('a signature is of every byte before it, %i bytes', (size) => {
  const unsigned = program(size)
  expect(isSignedAdHoc(unsigned)).toBe(false)
  const signed = signAdHoc(unsigned, 'kubectl-gc')
  expect(isSignedAdHoc(signed)).toBe(true)
  expect(isSignedAdHoc(signAdHoc(signed, 'another'))).toBe(true)
  expect(signed.readBigUInt64LE(104 + 40) + signed.readBigUInt64LE(104 + 48)).toBe(BigInt(signed.length))
  expect(signed.readUInt32LE(184) + signed.readUInt32LE(188)).toBe(signed.length)
  for (const at of [200, 4096, size - 1]) {
    const changed = Buffer.from(signed)
    changed[at] = 1
    expect(isSignedAdHoc(changed)).toBe(false)
  }
})

test('what is no Mach-O file is refused', () => {
  expect(() => signAdHoc(Buffer.alloc(64), 'x')).toThrow('not a 64-bit Mach-O file')
})
