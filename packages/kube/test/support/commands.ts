import type { Readable } from 'node:stream'
import type { ExecOptions } from '../../src/index.ts'
import type { ExecScript } from './fault-server.ts'

export const route = 'GET /api/v1/namespaces/ns/pods/p/exec'
export const pod = { name: 'p' }
export const run: ExecOptions = { command: ['run'] }

export const frame = (channel: number, data: string | Buffer = '') =>
  Buffer.concat([Buffer.from([channel]), Buffer.from(data)])
export const success = frame(3, JSON.stringify({ status: 'Success' }))
export const failure = (code: string) =>
  frame(
    3,
    JSON.stringify({
      status: 'Failure',
      reason: 'NonZeroExitCode',
      details: { causes: [{ reason: 'ExitCode', message: code }] },
    }),
  )

/** Sends the frames, then closes in order, or cuts. */
export const send =
  (frames: Buffer[], then: 'close' | 'cut' | 'stay' = 'close'): ExecScript =>
  (socket) => {
    for (const data of frames) socket.send(data)
    if (then === 'close') socket.close(1000)
    if (then === 'cut') socket.ping('', true, () => socket.terminate())
  }

export async function text(stream: Readable): Promise<string> {
  let result = ''
  for await (const chunk of stream) result += chunk
  return result
}
