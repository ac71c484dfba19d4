import { createHash } from 'node:crypto'

const PAGE_BITS = 12
const PAGE = 1 << PAGE_BITS
const HASH = 32
const HEADER = 88
const MAGIC = 0xfade0c02
const VERSION_WITH_SEGMENT = 0x20400
const SHA256 = 2
const AD_HOC = 2
const MAIN_BINARY = 1n

/** Bytes that a code directory takes for a program whose signature begins at `limit`. */
export function sizeOfCodeDirectory(identifier: string, limit: number): number {
  return HEADER + identifier.length + 1 + Math.ceil(limit / PAGE) * HASH
}

/** An ad hoc code directory, without identity or entitlements: hashes of every page before the signature (Apple's `cs_blobs.h`). */
export function codeDirectory(program: Buffer, limit: number, textSize: bigint, identifier: string): Buffer {
  const hashes = HEADER + identifier.length + 1
  const directory = Buffer.alloc(sizeOfCodeDirectory(identifier, limit))
  const words = [
    MAGIC,
    directory.length,
    VERSION_WITH_SEGMENT,
    AD_HOC,
    hashes,
    HEADER,
    0,
    Math.ceil(limit / PAGE),
    limit,
  ]
  words.forEach((word, index) => void directory.writeUInt32BE(word, 4 * index))
  directory.set([HASH, SHA256, 0, PAGE_BITS], 36)
  directory.writeBigUInt64BE(textSize, 72)
  directory.writeBigUInt64BE(MAIN_BINARY, 80)
  directory.write(identifier, HEADER, 'latin1')
  directory.set(pageHashes(program, limit), hashes)
  return directory
}

function pageHashes(program: Buffer, limit: number): Buffer {
  const hashes: Buffer[] = []
  for (let at = 0; at < limit; at += PAGE) {
    hashes.push(
      createHash('sha256')
        .update(program.subarray(at, Math.min(at + PAGE, limit)))
        .digest(),
    )
  }
  return Buffer.concat(hashes)
}

/** Whether a code directory is an ad hoc one whose hashes are those of the program. */
export function isCodeDirectoryOf(directory: Buffer, program: Buffer, limit: number): boolean {
  if (directory.length < HEADER || directory.readUInt32BE(0) !== MAGIC) return false
  const [flags, hashes, signed] = [12, 16, 32].map((at) => directory.readUInt32BE(at))
  if (((flags ?? 0) & AD_HOC) === 0 || signed !== limit) return false
  return directory.subarray(hashes, (hashes ?? 0) + Math.ceil(limit / PAGE) * HASH).equals(pageHashes(program, limit))
}
