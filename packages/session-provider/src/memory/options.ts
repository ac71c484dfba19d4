import type { ExecResult, StartConfig } from '../provider.ts'
import type { MemoryTerminal } from './terminal.ts'

/** What the agents of a provider in memory do. Each callback is optional; without any, an agent only listens. */
export interface MemorySessionProviderOptions {
  /** Called when a session has been started, before its first nudge. */
  onStart?: ((terminal: MemoryTerminal, config: StartConfig) => void) | undefined
  /** Called when a message has been typed and submitted. Answer with `terminal.print`, now or later. */
  onNudge?: ((terminal: MemoryTerminal, text: string) => void) | undefined
  /** Called on C-c. */
  onInterrupt?: ((terminal: MemoryTerminal) => void) | undefined
  /** Answers a command that is run beside the agent. Default: exit code 127. */
  onExec?:
    | ((terminal: MemoryTerminal, command: string[], stdin: Buffer) => MemoryExecResult | Promise<MemoryExecResult>)
    | undefined
}

/** What a command gives; what is absent is empty, and the exit code 0. */
export type MemoryExecResult = Partial<Record<keyof Omit<ExecResult, 'exitCode'>, string | Uint8Array>> & {
  exitCode?: number
}
