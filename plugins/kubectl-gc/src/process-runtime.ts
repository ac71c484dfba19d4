import { Interruption } from './interruption.ts'
import type { Runtime } from './runtime.ts'

/** What a command reaches in a process of its own, and what the process's signals and its reader's leaving do to it. */
export function processRuntime(): Runtime {
  const abort = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      const reason = Interruption.bySignal(signal)
      if (abort.signal.aborted) process.exit(reason.exitCode)
      abort.abort(reason)
    })
  }
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error
    abort.abort(Interruption.byClosedOutput())
  })
  process.stderr.on('error', () => undefined)
  const { stdin, stdout, stderr, env } = process
  return {
    ...{ stdin, stdout, stderr, env },
    now: () => new Date(),
    cwd: process.cwd(),
    signal: abort.signal,
    openSessions: async (...target) => (await import('./cluster/open-sessions.ts')).openSessions(...target),
    openCluster: async (...target) => (await import('./cluster/open-cluster.ts')).openCluster(...target),
  }
}
