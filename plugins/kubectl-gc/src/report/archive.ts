import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const block = 512
/** Characters that a name may have in the format of 1988 (ustar). */
const longestName = 100

/** One file of an archive. */
export interface ArchiveFile {
  name: string
  text: string
}

/** A gzipped tar archive (POSIX ustar) with these files, readable only by who unpacks it. */
export async function archiveOf(files: readonly ArchiveFile[], modified: Date): Promise<Buffer> {
  const parts = files.flatMap(({ name, text }) => {
    const content = Buffer.from(text)
    const padding = Buffer.alloc((block - (content.length % block)) % block)
    return [headerOf(name, content.length, modified), content, padding]
  })
  return promisify(gzip)(Buffer.concat([...parts, Buffer.alloc(2 * block)]))
}

function headerOf(name: string, size: number, modified: Date): Buffer {
  if (Buffer.byteLength(name) > longestName) throw new RangeError(`the name ${name} is too long for an archive`)
  const header = Buffer.alloc(block)
  const octal = (value: number, length: number) =>
    `${Math.floor(value)
      .toString(8)
      .padStart(length - 1, '0')}\0`
  header.write(name, 0)
  header.write(octal(0o600, 8), 100)
  header.write(octal(0, 8), 108)
  header.write(octal(0, 8), 116)
  header.write(octal(size, 12), 124)
  header.write(octal(modified.getTime() / 1000, 12), 136)
  header.write(' '.repeat(8), 148)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  header.write(
    octal(
      header.reduce((sum, byte) => sum + byte, 0),
      7,
    ),
    148,
  )
  header[155] = 0x20
  return header
}
