import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@kubectl-gc/kube'
import { compile, compileEmpty, programs } from '../release/compile.ts'
import type { Context } from './benchmark.ts'
import { stopBroker } from './broker.ts'
import { inNamespace } from './pods.ts'

export interface Choice {
  short: boolean
  node: boolean
  image: string
  executable?: string | undefined
  peer?: string | undefined
}

/** What is timed. */
export type Executables = Pick<Context, 'executable' | 'plugin' | 'empty'>

/** Runs an action with the executables, compiled from this checkout where the choice does not name others. */
export async function withExecutables<T>(
  { executable, node }: Choice,
  action: (executables: Executables) => Promise<T>,
): Promise<T> {
  if (node) return action({ executable: 'gc-session-k8s', plugin: 'kubectl-gc', empty: ['node', '-e', '0'] })
  const folder = await mkdtemp(join(tmpdir(), 'gc-bench-'))
  try {
    const empty = join(folder, 'empty')
    await compileEmpty(empty)
    for (const program of programs) await compile(program, join(folder, program))
    return await action({
      executable: executable ?? join(folder, 'gc-session-k8s'),
      plugin: join(folder, 'kubectl-gc'),
      empty: [empty],
    })
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Runs an action with a namespace and a broker of its own, which are gone afterwards. */
export async function inContext<T>(
  { short, image, peer }: Choice,
  executables: Executables,
  action: (context: Context) => Promise<T>,
): Promise<T> {
  const namespace = `bench-${Date.now().toString(36)}`
  const folder = await mkdtemp(join(tmpdir(), 'gc-bench-'))
  const env = {
    ...process.env,
    GC_K8S_NAMESPACE: namespace,
    GC_K8S_IMAGE: image,
    GC_K8S_CPU_REQUEST: '10m',
    GC_K8S_MEM_REQUEST: '32Mi',
    XDG_RUNTIME_DIR: folder,
  }
  await using client = await createClient()
  try {
    const measure = () => action({ client, namespace, env, image, peer, short, ...executables })
    return await inNamespace(client, namespace, measure)
  } finally {
    await stopBroker(env).finally(() => rm(folder, { recursive: true }))
  }
}
