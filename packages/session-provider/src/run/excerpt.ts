import type { Readable } from 'node:stream'

const LONGEST = 4096

/** Reads a stream to its end, however that comes, and gives the beginning of its text, trimmed. */
export async function excerpt(stream: Readable): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of stream) {
      if (length < LONGEST) chunks.push(chunk)
      length += chunk.length
    }
  } catch {
    // What ended the stream is told by the command's exit.
  }
  return Buffer.concat(chunks).toString().slice(0, LONGEST).trim()
}
