import { mkdir, mkdtemp, rm } from 'node:fs/promises'
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

/** Runs an action with a namespace and a broker of its own, which are gone afterwards. */
export async function inContext<T>(choice: Choice, action: (context: Context) => Promise<T>): Promise<T> {
  const { short, image, peer } = choice
  const namespace = `bench-${Date.now().toString(36)}`
  const folder = await mkdtemp(join(tmpdir(), 'gc-bench-'))
  await mkdir(join(folder, 'run'))
  const env = {
    ...process.env,
    GC_K8S_NAMESPACE: namespace,
    GC_K8S_IMAGE: image,
    GC_K8S_CPU_REQUEST: '10m',
    GC_K8S_MEM_REQUEST: '32Mi',
    XDG_RUNTIME_DIR: join(folder, 'run'),
  }
  await using client = await createClient()
  try {
    const ours = await executables(choice, folder)
    return await inNamespace(client, namespace, () => action({ client, namespace, env, image, peer, short, ...ours }))
  } finally {
    await stopBroker(env).finally(() => rm(folder, { recursive: true }))
  }
}

async function executables({ executable, node }: Choice, folder: string) {
  if (node) return { executable: 'gc-session-k8s', plugin: 'kubectl-gc', empty: ['node', '-e', '0'] }
  const empty = join(folder, 'empty')
  await compileEmpty(empty)
  for (const program of programs) await compile(program, join(folder, program))
  return {
    executable: executable ?? join(folder, 'gc-session-k8s'),
    plugin: join(folder, 'kubectl-gc'),
    empty: [empty],
  }
}
