import { expect } from 'vitest'
import { run, succeed } from './run.ts'

/** Does something where a quota, `none`, lets no pod be made: from when it is in force until it is no more. */
export async function withNoPods<T>(namespace: string, body: () => Promise<T>): Promise<T> {
  await createQuota(namespace)
  try {
    return await body()
  } finally {
    await succeed('kubectl', ['--namespace', namespace, 'delete', 'quota', 'none'])
    await expect.poll(() => refusal(namespace)).not.toContain('quota')
  }
}

/** A quota, `none`, that lets no pod be made and goes with its namespace. */
export async function createQuota(namespace: string): Promise<void> {
  await succeed('kubectl', ['--namespace', namespace, 'create', 'quota', 'none', '--hard=pods=0'])
  await expect.poll(() => refusal(namespace)).toContain('exceeded quota: none')
}

/** What the API server says to a pod that is not really made. */
async function refusal(namespace: string): Promise<string> {
  const container = { name: 'c', image: 'c' }
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'asked', namespace },
    spec: { containers: [container] },
  }
  const { stderr } = await run('kubectl', ['create', '--dry-run=server', '-f', '-'], { stdin: JSON.stringify(pod) })
  return stderr
}
