import { addAbortSignal, type Readable } from 'node:stream'

/** Everything that a stream gives until its end. */
export async function readAll(stream: Readable, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of addAbortSignal(signal, stream)) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks)
}
