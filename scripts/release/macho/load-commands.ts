const HEADER = 32
const SEGMENT_64 = 0x19
const CODE_SIGNATURE = 0x1d

/** Where in a Mach-O file things are that belong to its signature: offsets in bytes. */
export interface Layout {
  /** Of the load command that names the signature. */
  signatureCommand: number
  /** Where the signature begins, which ends the file. */
  signature: number
  /** Of the load command of the segment that holds it. */
  linkeditCommand: number
  /** Size of the segment with the code. */
  textSize: bigint
}

/**
 * Reads the load commands of a 64-bit little-endian Mach-O file (Apple's `mach-o/loader.h`).
 * @throws {Error} it is none, or has no place for a signature
 */
export function layoutOf(program: Buffer): Layout {
  if (program.readUInt32LE(0) !== 0xfeedfacf) throw new Error('not a 64-bit Mach-O file')
  const found: Partial<Layout> = {}
  let at = HEADER
  for (let left = program.readUInt32LE(16); left > 0; left -= 1) {
    const command = program.readUInt32LE(at)
    if (command === CODE_SIGNATURE)
      Object.assign(found, { signatureCommand: at, signature: program.readUInt32LE(at + 8) })
    if (command === SEGMENT_64) {
      const name = program.toString('latin1', at + 8, at + 24).replace(/\0.*$/s, '')
      if (name === '__LINKEDIT') found.linkeditCommand = at
      if (name === '__TEXT') found.textSize = program.readBigUInt64LE(at + 48)
    }
    at += program.readUInt32LE(at + 4)
  }
  const { signatureCommand, signature, linkeditCommand, textSize } = found
  if (signatureCommand === undefined || signature === undefined) throw new Error('no place for a signature')
  if (linkeditCommand === undefined || textSize === undefined) throw new Error('a segment is missing')
  return { signatureCommand, signature, linkeditCommand, textSize }
}
