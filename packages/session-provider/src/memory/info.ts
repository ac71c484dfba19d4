import type { SessionInfo } from '../provider.ts'
import type { MemoryTerminal } from './terminal.ts'

/** A session in memory as a list shows it. */
export function toInfo(terminal: MemoryTerminal): SessionInfo {
  const { name, config, exitCode, createdAt, meta } = terminal
  const ended = exitCode !== undefined
  return {
    name,
    namespace: '',
    phase: ended ? 'Finished' : 'Running',
    reason: ended ? (exitCode === 0 ? 'Completed' : 'Error') : undefined,
    message: ended ? `the agent ended with exit code ${exitCode}` : undefined,
    exitCode,
    agent: config.env?.GC_ALIAS ?? config.env?.GC_AGENT ?? 'unknown',
    pod: name,
    image: '',
    node: undefined,
    createdAt,
    labels: {},
    meta: Object.fromEntries(meta),
  }
}
