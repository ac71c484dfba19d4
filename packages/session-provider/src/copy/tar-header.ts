/** What a tar archive says of one entry, past its name. */
export interface TarEntry {
  type: 'file' | 'directory' | 'symlink'
  /** Permission bits, `0o7777` at most. */
  mode: number
  /** Bytes of content, which follow the header; 0 for all but files. */
  size: number
  /** Seconds since 1970. */
  mtime: number
  /** Where a symbolic link points. */
  target?: Buffer | undefined
}

export const BLOCK = 512

/** Two empty blocks end an archive. */
export const END_OF_ARCHIVE = Buffer.alloc(2 * BLOCK)

const TYPES = { file: '0', directory: '5', symlink: '2' } as const
const LONGEST = 100
const LARGEST_OCTAL = 0o77777777777

/**
 * The header of one entry in GNU's format, which GNU tar, busybox and libarchive read. Names are bytes, as they are on
 * Linux, so that those which are no UTF-8 survive; ones of more than 100 bytes take entries of their own before it.
 */
export function tarHeader(name: Buffer, entry: TarEntry): Buffer {
  const named = entry.type === 'directory' ? Buffer.concat([name, Buffer.from('/')]) : name
  const target = entry.target ?? Buffer.alloc(0)
  return Buffer.concat([
    ...(named.length > LONGEST ? longName('L', named) : []),
    ...(target.length > LONGEST ? longName('K', target) : []),
    block(named, target, TYPES[entry.type], entry),
  ])
}

/** Zeros that fill the content of a file up to a whole block. */
export function padding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK)
}

function longName(type: 'L' | 'K', value: Buffer): Buffer[] {
  const content = Buffer.concat([value, Buffer.from([0])])
  const header = block(Buffer.from('././@LongLink'), Buffer.alloc(0), type, { mode: 0, size: content.length, mtime: 0 })
  return [header, content, padding(content.length)]
}

function block(name: Buffer, target: Buffer, type: string, entry: { mode: number; size: number; mtime: number }) {
  const header = Buffer.alloc(BLOCK)
  name.copy(header, 0, 0, LONGEST)
  header.write(octal(entry.mode, 7), 100, 'latin1')
  header.write(octal(0, 7), 108, 'latin1')
  header.write(octal(0, 7), 116, 'latin1')
  if (entry.size <= LARGEST_OCTAL) {
    header.write(octal(entry.size, 11), 124, 'latin1')
  } else {
    header.writeUInt8(0x80, 124)
    header.writeBigUInt64BE(BigInt(entry.size), 128)
  }
  header.write(octal(Math.min(Math.max(entry.mtime, 0), LARGEST_OCTAL), 11), 136, 'latin1')
  header.write(type, 156, 'latin1')
  target.copy(header, 157, 0, LONGEST)
  header.write('ustar  ', 257, 'latin1')
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${octal(sum, 6)}\0 `, 148, 'latin1')
  return header
}

function octal(value: number, digits: number): string {
  return Math.floor(value).toString(8).padStart(digits, '0')
}
