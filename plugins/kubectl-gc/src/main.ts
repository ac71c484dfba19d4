import { Interruption } from './interruption.ts'
import { run } from './run.ts'
import type { Runtime } from './runtime.ts'

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
const now = () => new Date()
const runtime: Runtime = {
  ...{ stdin, stdout, stderr, env, now },
  cwd: process.cwd(),
  signal: abort.signal,
  openSessions: async (...target) => (await import('./cluster/open-sessions.ts')).openSessions(...target),
  openCluster: async (...target) => (await import('./cluster/open-cluster.ts')).openCluster(...target),
}
const exitCode = await run(process.argv.slice(2), runtime)

/** A pipe may still hold output: leave once it is written, whatever sockets are open. */
stdout.write('', () => stderr.write('', () => process.exit(exitCode)))
