import type { StartOptions } from '../../provider.ts'
import { type Call, inputText, type Operation } from '../call.ts'
import { processTerminal } from '../process-terminal.ts'
import { readStartDocument } from '../start-document.ts'

/** Sessions coming, being there and going. */
export const lifecycle: Record<string, Operation> = {
  async start(call) {
    const config = readStartDocument(await inputText(call))
    await call.provider.start(call.name, config, startOptions(call))
  },
  async provision(call) {
    const config = readStartDocument(await inputText(call))
    await call.provider.provision(call.name, config, startOptions(call))
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

function startOptions({ stderr, signal }: Call): StartOptions {
  return { signal, onWarning: (warning) => stderr.write(`${warning}\n`) }
}
