/** Splits a byte stream into lines. What follows the last newline when the stream ends is not a line: it was cut. */
export async function* lines(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let pieces: Buffer[] = []
  for await (const chunk of stream) {
    let start = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      pieces.push(chunk.subarray(start, end))
      const line = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)
      pieces = []
      start = end + 1
      if (line && line.length > 0) yield line.toString('utf8')
    }
    if (start < chunk.length) pieces.push(chunk.subarray(start))
  }
}
