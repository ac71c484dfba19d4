import { inputText, type Operation } from '../call.ts'
import { processTerminal } from '../process-terminal.ts'
import { readStartDocument } from '../start-document.ts'

/** Sessions coming, being there and going. */
export const lifecycle: Record<string, Operation> = {
  async start(call) {
    const config = readStartDocument(await inputText(call))
    const onWarning = (warning: string) => call.stderr.write(`${warning}\n`)
    await call.provider.start(call.name, config, { signal: call.signal, onWarning })
  },
  async stop({ provider, name, signal }) {
    await provider.stop(name, { signal })
  },
  async 'is-running'({ provider, name, signal }) {
    return `${await provider.isRunning(name, { signal })}\n`
  },
  async 'list-running'({ provider, name, signal }) {
    const names = await provider.listRunning(name, { signal })
    return names.map((running) => `${running}\n`).join('')
  },
  attach({ provider, name, signal }) {
    return provider.attach(name, processTerminal(), { signal })
  },
}
