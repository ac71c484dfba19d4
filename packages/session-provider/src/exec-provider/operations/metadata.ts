import { argument, inputText, type Operation, unlessMissing } from '../call.ts'

/** The session's keys and values. */
export const metadata: Record<string, Operation> = {
  async 'set-meta'(call) {
    const key = argument(call, 0, 'key')
    await call.provider.setMeta(call.name, key, await inputText(call), { signal: call.signal })
  },
  async 'get-meta'(call) {
    const key = argument(call, 0, 'key')
    return await unlessMissing(call.provider.getMeta(call.name, key, { signal: call.signal }))
  },
  async 'remove-meta'(call) {
    const key = argument(call, 0, 'key')
    await unlessMissing(call.provider.removeMeta(call.name, key, { signal: call.signal }))
  },
}
