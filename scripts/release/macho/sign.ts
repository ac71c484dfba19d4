import { codeDirectory, isCodeDirectoryOf, sizeOfCodeDirectory } from './code-directory.ts'
import { layoutOf } from './load-commands.ts'

const SUPER_BLOB = 0xfade0cc0
const INDEX = 20
const ALIGNMENT = 16
const LARGEST_PAGE = 0x4000n

/**
 * A Mach-O program with an ad hoc signature in place of the one that it has: macOS ends programs whose signature is not
 * of their content, and bun writes a right one for arm64 only.
 * @throws {Error} it is no such program, or has no place for a signature
 */
export function signAdHoc(program: Buffer, identifier: string): Buffer {
  const { signature, signatureCommand, linkeditCommand, textSize } = layoutOf(program)
  const size = INDEX + sizeOfCodeDirectory(identifier, signature)
  const padded = Math.ceil(size / ALIGNMENT) * ALIGNMENT
  const signed = Buffer.concat([program.subarray(0, signature), Buffer.alloc(padded)])
  const linkedit = BigInt(signed.length) - signed.readBigUInt64LE(linkeditCommand + 40)
  signed.writeUInt32LE(padded, signatureCommand + 12)
  signed.writeBigUInt64LE(((linkedit + LARGEST_PAGE - 1n) / LARGEST_PAGE) * LARGEST_PAGE, linkeditCommand + 32)
  signed.writeBigUInt64LE(linkedit, linkeditCommand + 48)
  const index = [SUPER_BLOB, size, 1, 0, INDEX]
  index.forEach((word, at) => void signed.writeUInt32BE(word, signature + 4 * at))
  signed.set(codeDirectory(signed, signature, textSize, identifier), signature + INDEX)
  return signed
}

/** Whether a Mach-O program has an ad hoc signature that is of its content. */
export function isSignedAdHoc(program: Buffer): boolean {
  const { signature } = layoutOf(program)
  if (program.readUInt32BE(signature) !== SUPER_BLOB || program.readUInt32BE(signature + 12) !== 0) return false
  const at = signature + program.readUInt32BE(signature + 16)
  return isCodeDirectoryOf(program.subarray(at, at + program.readUInt32BE(at + 4)), program, signature)
}
