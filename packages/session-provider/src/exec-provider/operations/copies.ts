import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isSessionError } from '../../errors.ts'
import { argument, type Operation, unlessMissing, write } from '../call.ts'

/** Files in and out. */
export const copies: Record<string, Operation> = {
  async 'copy-to'(call) {
    const source = argument(call, 0, 'source')
    try {
      await unlessMissing(call.provider.copyTo(call.name, source, call.args[1] ?? '', { signal: call.signal }))
    } catch (error) {
      if (!isSessionError(error) || error.name !== 'SourceNotFound') throw error
    }
  },
  async 'copy-from'(call) {
    const path = argument(call, 0, 'path')
    const bytes = call.provider.copyFrom(call.name, path, { signal: call.signal })
    await pipeline(Readable.from(bytes), call.stdout, { end: false })
    await write(call.stdout, '')
  },
}
