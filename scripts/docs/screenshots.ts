import { mkdir, writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { kubernetesSessionProvider, type SessionProvider } from '@kubectl-gc/session-provider'
import { environment, succeed } from '../../e2e/support/run.ts'
import { openTerminal, type Terminal } from '../../e2e/support/terminal.ts'
import { runsOf } from './runs.ts'
import { windowSvg } from './svg.ts'

/**
 * Draws the pictures of the README from what the built `kubectl gc` shows on the cluster of KUBECONFIG, in a namespace
 * that is made for it: node --conditions=@kubectl-gc/source scripts/docs/screenshots.ts
 */
const NAMESPACE = 'town'
const out = new URL('../../docs/screenshots/', import.meta.url)

await succeed('kubectl', ['create', 'namespace', NAMESPACE])
try {
  await using provider = await kubernetesSessionProvider({
    namespace: NAMESPACE,
    env: { ...process.env, ...environment },
  })
  await prepare(provider)
  await mkdir(out, { recursive: true })
  await startTooLarge(provider)
  await Promise.all([
    shoot('list', 'kubectl gc list', 100, 24, (terminal) => terminal.exitCode),
    shoot('status', 'kubectl gc status coder-2', 120, 32, (terminal) => terminal.exitCode),
  ])
  await shoot('doctor', 'kubectl gc doctor --namespace gc', 120, 40, (terminal) => terminal.exitCode)
  await shoot('top', 'kubectl gc top', 80, 24, async (terminal) => {
    await shows(terminal, /^> coder-1/m)
    terminal.type('\x1b[F\rtake the first open issue')
    await shows(terminal, /first open issue/)
    await shows(terminal, /^total/m)
  })
} finally {
  await succeed('kubectl', ['delete', 'namespace', NAMESPACE, '--wait=false'])
}

/** Two sessions that work. */
async function prepare(provider: SessionProvider): Promise<void> {
  await provider.start('coder-1', { env: { GC_AGENT: 'coder' } })
  await provider.nudge('coder-1', 'ls -l /etc | head -9')
  await provider.start('mayor', { env: { GC_AGENT: 'mayor' } })
  await provider.nudge('mayor', 'ls -l / | head -9')
}

/** Starts a session that no node has room for, and resolves once that is known; the start gives up some time later. */
async function startTooLarge(provider: SessionProvider): Promise<void> {
  const env = { ...process.env, ...environment, GC_K8S_CPU_REQUEST: '64', GC_K8S_CPU_LIMIT: '64' }
  const asking = await kubernetesSessionProvider({ namespace: NAMESPACE, env })
  const start = asking.start('coder-2', { env: { GC_AGENT: 'coder' } })
  start.catch(() => {}).finally(() => asking.close())
  for await (const { session } of provider.watch()) {
    if (session.name === 'coder-2' && session.reason !== undefined) return
  }
}

async function shoot(
  name: string,
  command: string,
  columns: number,
  rows: number,
  ready: (terminal: Terminal) => Promise<unknown>,
): Promise<void> {
  const env = { GC_K8S_NAMESPACE: NAMESPACE, NO_COLOR: undefined }
  const [program = '', ...args] = command.split(' ')
  using terminal = openTerminal(program, args, { env, columns, rows })
  await ready(terminal)
  const file = new URL(`${name}.svg`, out)
  await writeFile(file, windowSvg(command, runsOf(terminal.buffer(), rows), columns))
  console.log(file.pathname)
}

async function shows(terminal: Terminal, what: RegExp): Promise<void> {
  const deadline = performance.now() + 20_000
  while (!what.test(terminal.screen())) {
    if (performance.now() > deadline) throw new Error(`${what} does not appear:\n${terminal.screen()}`)
    await delay(50)
  }
}
