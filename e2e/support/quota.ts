import { setTimeout } from 'node:timers/promises'
import { run, succeed } from './run.ts'

/** Milliseconds within which the API server goes by what its quotas are. */
const PATIENCE = 60_000

/** Does something where a quota, `none`, lets no pod be made: from when it is in force until it is no more. */
export async function withNoPods<T>(namespace: string, body: () => Promise<T>): Promise<T> {
  await createQuota(namespace)
  try {
    return await body()
  } finally {
    await succeed('kubectl', ['--namespace', namespace, 'delete', 'quota', 'none'])
    await untilRefusal(namespace, (refusal) => !refusal.includes('quota'))
  }
}

/** A quota, `none`, that lets no pod be made and goes with its namespace. */
export async function createQuota(namespace: string): Promise<void> {
  await succeed('kubectl', ['--namespace', namespace, 'create', 'quota', 'none', '--hard=pods=0'])
  await untilRefusal(namespace, (refusal) => refusal.includes('exceeded quota: none'))
}

/** Waits until the API server says so of a pod that is not really made; to one that it would take it says nothing. */
async function untilRefusal(namespace: string, isSo: (refusal: string) => boolean): Promise<void> {
  const metadata = { name: 'asked', namespace }
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ name: 'c', image: 'c' }] } }
  for (const late = Date.now() + PATIENCE; ; await setTimeout(100)) {
    const { stderr } = await run('kubectl', ['create', '--dry-run=server', '-f', '-'], { stdin: JSON.stringify(pod) })
    if (isSo(stderr)) return
    if (Date.now() > late) throw new Error(`the quota in ${namespace} is still not what it is: ${stderr}`)
  }
}
