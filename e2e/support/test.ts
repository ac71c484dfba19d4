import { kubernetesSessionProvider, type SessionProvider } from '@kubectl-gc/session-provider'
import { test as base } from 'vitest'
import { ownNamespace } from './namespace.ts'
import { environment, type Result, type RunOptions, run, succeed } from './run.ts'

interface Fixtures {
  /** A namespace of the file's own, gone afterwards. */
  namespace: string
  kubectl(...args: string[]): Promise<string>
  /** `gc-session-k8s`, as gc calls it. */
  verb(args: string[], stdin?: string): Promise<Result>
  /** `kubectl gc`. */
  gc(args: string[], options?: RunOptions): Promise<Result>
  provider: SessionProvider
}

export const test = base.extend<Fixtures>({
  namespace: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest wants a destructured parameter
    async ({}, use) => {
      await using namespace = await ownNamespace()
      await use(namespace.name)
    },
    { scope: 'file' },
  ],
  kubectl: async ({ namespace }, use) => {
    await use((...args) => succeed('kubectl', ['--namespace', namespace, ...args]))
  },
  verb: async ({ namespace }, use) => {
    const env = { GC_K8S_NAMESPACE: namespace }
    await use((args, stdin) => run('gc-session-k8s', args, { stdin, env }))
  },
  gc: async ({ namespace }, use) => {
    await use((args, options = {}) =>
      run('kubectl', ['gc', ...args], { ...options, env: { GC_K8S_NAMESPACE: namespace, ...options.env } }),
    )
  },
  provider: async ({ namespace }, use) => {
    await using provider = await kubernetesSessionProvider({ namespace, env: { ...process.env, ...environment } })
    await use(provider)
  },
})
