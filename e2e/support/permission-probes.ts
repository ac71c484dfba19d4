import { expect } from 'vitest'
import { withPatience } from './patience.ts'
import { environment, type Result, succeed } from './run.ts'

/** The service account that has every permission. */
export const ALL = 'everything'
export const shell = JSON.stringify({ command: 'sh' })

/** Runs a verb as the service account of this name. */
export type Call = (
  account: string,
  verb: string,
  args?: string[],
  stdin?: string,
  env?: Record<string, string>,
) => Promise<Result>

export interface Probe {
  missing: string
  verb: string
  /** What the verb does only with the permission, in the words of the page. */
  does: string
  /** Whether it did. */
  seen: (call: Call, account: string, name: string) => Promise<boolean>
}

/** A session whose supervisor says why it cannot run, and ends. */
const dying = JSON.stringify({ command: 'sh', env: { TMUX_TMPDIR: '/nowhere' } })

/** What a verb does with a permission only at times, or for people to see: the verb itself works without. */
export const probes = (kubectl: (...args: string[]) => Promise<string>): Probe[] => [
  {
    missing: 'get pods',
    verb: 'start',
    does: 'tells, where a pod of its name is there, whose it is',
    async seen(as, account, name) {
      await kubectl(
        'run',
        name,
        `--image=${environment.GC_K8S_IMAGE}`,
        '--image-pull-policy=Never',
        '--command',
        '--',
        'sleep',
        '300',
      )
      const result = await as(account, 'start', [name], shell)
      if (result.exitCode !== 0) expect(result.stderr).toContain('cannot get resource "pods"')
      return result.exitCode === 0
    },
  },
  {
    missing: 'patch pods',
    verb: 'set-meta',
    does: 'copies the value to where `kubectl gc status` and `kubectl describe` show it',
    async seen(as, account, name) {
      await as(ALL, 'start', [name], shell)
      const waits = { GC_K8S_BROKER: 'off' } // a broker copies it a little later
      expect((await as(account, 'set-meta', [name, 'KEY'], 'value', waits)).exitCode).toBe(0)
      return (await kubectl('get', 'pod', name, '-o', 'jsonpath={.metadata.annotations}')).includes('"value"')
    },
  },
  {
    missing: 'delete pods',
    verb: 'check-image',
    does: 'removes the pod by which it has asked: it says so, and the pod, which has ended, stays',
    async seen(as, account) {
      const result = await as(account, 'check-image', [environment.GC_K8S_IMAGE ?? ''])
      expect(result.exitCode).toBe(0)
      if (result.stderr !== '') expect(result.stderr).toContain('cannot delete resource "pods"')
      return result.stderr === ''
    },
  },
  {
    missing: 'get pods/log',
    verb: 'start',
    does: 'shows the last words of an agent that ended at once',
    async seen(as, account, name) {
      const result = await as(account, 'start', [name], dying)
      expect(result).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('exit code 1') })
      return result.stderr.includes('/nowhere is not writable')
    },
  },
  {
    missing: 'list events',
    verb: 'start',
    does: 'says why a pod did not come up in time',
    async seen(as, account, name) {
      const start = (seconds: number) => {
        const env = { GC_K8S_WORKSPACE_PVC: 'not-a-folder', GC_K8S_TIMEOUT: `${seconds}s` }
        return as(account, 'start', [name], shell, env)
      }
      const why = account === ALL ? 'FailedMount' : 'it was not up after'
      const result = await withPatience(1, start, ({ stderr }) => stderr.includes(why))
      expect(result).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/it was not up after [0-9.]+ s/) })
      return result.stderr.includes('FailedMount')
    },
  },
]

/** A bound claim, of the namespace's name, for a folder that no node has. */
export async function claimOfNothing(namespace: string): Promise<void> {
  const spec = { accessModes: ['ReadWriteOnce'], storageClassName: '', volumeName: namespace }
  const items = [
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: namespace },
      spec: {
        accessModes: ['ReadWriteOnce'],
        capacity: { storage: '1Mi' },
        claimRef: { namespace, name: 'not-a-folder' },
        hostPath: { path: '/not/a/folder', type: 'Directory' },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'not-a-folder', namespace },
      spec: { ...spec, resources: { requests: { storage: '1Mi' } } },
    },
  ]
  await succeed('kubectl', ['apply', '-f', '-'], { stdin: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) })
  const phase = () =>
    succeed('kubectl', ['-n', namespace, 'get', 'pvc', 'not-a-folder', '-o', 'jsonpath={.status.phase}'])
  await expect.poll(phase, { timeout: 60_000 }).toBe('Bound')
}
