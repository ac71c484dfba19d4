import { inputText, type Operation, unlessMissing } from '../call.ts'

/** What a session is doing. */
export const observation: Record<string, Operation> = {
  async 'process-alive'(call) {
    const names = (await inputText(call)).split('\n').filter((name) => name !== '')
    return `${call.name === '' || (await call.provider.processAlive(call.name, names, { signal: call.signal }))}\n`
  },
  async 'is-attached'({ provider, name, signal }) {
    return `${(await unlessMissing(provider.isAttached(name, { signal }))) === true}\n`
  },
  async 'get-last-activity'({ provider, name, signal }) {
    const activity = await unlessMissing(provider.lastActivity(name, { signal }))
    return activity === undefined ? '' : `${activity.toISOString().replace(/\.\d+/, '')}\n`
  },
}
