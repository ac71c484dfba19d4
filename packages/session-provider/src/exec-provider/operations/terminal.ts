import { InvalidArgument } from '../../errors.ts'
import { argument, input, type Operation, unlessMissing } from '../call.ts'

/** What a person could do at the session's terminal. */
export const terminal: Record<string, Operation> = {
  async nudge(call) {
    const message = await input(call)
    if (message.length > 0) await unlessMissing(call.provider.nudge(call.name, message, { signal: call.signal }))
  },
  async peek({ provider, name, args, signal }) {
    const lines = Number(args[0] ?? 50)
    if (!Number.isInteger(lines)) throw new InvalidArgument(`peek: "${args[0]}" is not a number of lines`)
    return await provider.peek(name, { lines, signal })
  },
  async 'send-keys'(call) {
    argument(call, 0, 'key')
    await unlessMissing(call.provider.sendKeys(call.name, call.args, { signal: call.signal }))
  },
  async interrupt({ provider, name, signal }) {
    await unlessMissing(provider.interrupt(name, { signal }))
  },
  async 'clear-scrollback'({ provider, name, signal }) {
    await unlessMissing(provider.clearScrollback(name, { signal }))
  },
}
