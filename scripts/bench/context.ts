import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@kubectl-gc/kube'
import { compile, compileEmpty } from '../release/compile.ts'
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
    const { executable, empty } = await programs(choice, folder)
    return await inNamespace(client, namespace, () =>
      action({ client, namespace, env, image, executable, empty, peer, short }),
    )
  } finally {
    await stopBroker(env)
    await rm(folder, { recursive: true })
  }
}

async function programs({ executable, node }: Choice, folder: string) {
  if (node) return { executable: 'gc-session-k8s', empty: ['node', '-e', '0'] }
  const [ours, empty] = [join(folder, 'gc-session-k8s'), join(folder, 'empty')]
  await compileEmpty(empty)
  if (executable === undefined) await compile(ours)
  return { executable: executable ?? ours, empty: [empty] }
}
