import { createClient, type KubernetesObject } from '@kubectl-gc/kube'
import { carryOut, type InstallOptions, planInstallation, uninstall } from '@kubectl-gc/kube/apply'
import { test as base, expect } from 'vitest'
import { ownNamespace } from './support/namespace.ts'
import { withPatience } from './support/patience.ts'
import { createQuota } from './support/quota.ts'
import { run, succeed } from './support/run.ts'

type Given = Partial<InstallOptions> & { adopt?: boolean }

interface Town {
  namespace: string
  /** Installs these objects as `town`, and tells what became of each. */
  install(objects: KubernetesObject[], options?: Given): Promise<string[]>
  kubectl(...args: string[]): Promise<string>
  /** Removes `town`, and tells what went. */
  remove(objects: KubernetesObject[], deleteData?: boolean): Promise<string[]>
}

const { signal } = new AbortController()
const told = ({ kind, metadata }: KubernetesObject, what: string) => `${kind} ${metadata?.name} ${what}`

const test = base.extend<{ town: Town }>({
  town: async ({ task: _ }, use) => {
    await using own = await ownNamespace()
    const namespace = own.name
    await using client = await createClient()
    const limits = { fieldManager: 'e2e', signal }
    await use({
      namespace,
      kubectl: (...args) => succeed('kubectl', ['--namespace', namespace, ...args]),
      async install(objects, given) {
        const done: string[] = []
        const options = { ...limits, timeout: 60_000, ...given }
        const wanted = { name: 'town', namespace, objects, content: {} }
        const plan = await planInstallation(client, wanted, options)
        const onChange: InstallOptions['onChange'] = (object, what) => {
          done.push(told(object, what))
          return given?.onChange?.(object, what)
        }
        await carryOut(client, plan, { ...options, onChange })
        return done
      },
      async remove(objects, deleteData) {
        const done: string[] = []
        const onDeleted = (object: KubernetesObject) => void done.push(told(object, 'deleted'))
        await uninstall(client, { name: 'town', namespace }, { ...limits, objects, deleteData, onDeleted })
        return done
      },
    })
  },
})

/** What an installation that cannot succeed says once it has come so far, or else when its time is up. */
function failure(town: Town, objects: KubernetesObject[], why: RegExp, seconds: number): Promise<string> {
  const said = (time: number) =>
    town.install(objects, { timeout: time * 1000 }).then(
      () => 'installed',
      (error: Error) => error.message,
    )
  return withPatience(seconds, said, (message) => why.test(message))
}

const map = (name: string, data: object = {}) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data })
const claim = (name: string, more: object = {}) => ({
  ...{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name } },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } }, ...more },
})

/** A pod that runs a script. */
function pod(script: string, image = 'debian:bookworm-slim') {
  const securityContext = { runAsNonRoot: true, runAsUser: 1000, allowPrivilegeEscalation: false }
  const resources = { requests: { cpu: '10m', memory: '32Mi' } }
  const command = ['sh', '-c', script]
  const container = { name: 'c', image, imagePullPolicy: 'Never', command }
  return { terminationGracePeriodSeconds: 0, containers: [{ ...container, securityContext, resources }] }
}

function job(script: string) {
  const spec = { backoffLimit: 0, template: { spec: { ...pod(script), restartPolicy: 'Never' } } }
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'job' }, spec }
}

function deployment(image?: string) {
  const labels = { app: 'sleeper' }
  const spec = {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: pod('sleep infinity', image) },
  }
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'sleeper' }, spec }
}

test.concurrent('a kind and an object of it are installed together, into the namespace; its objects are data', async ({
  town,
}) => {
  const group = `${town.namespace}.gc.example`
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }
  const definition = {
    ...{ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: `rigs.${group}` } },
    spec: {
      ...{ group, scope: 'Namespaced', names: { plural: 'rigs', singular: 'rig', kind: 'Rig' } },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  }
  const rig = { apiVersion: `${group}/v1`, kind: 'Rig', metadata: { name: 'r' } }
  const named = (what: string) => [`CustomResourceDefinition rigs.${group} ${what}`, `Rig r ${what}`]
  expect(await town.install([rig, definition])).toEqual(named('created'))
  expect(await town.install([rig, definition])).toEqual(named('unchanged'))
  expect(await town.kubectl('get', `rigs.${group}`, '--output', 'name')).toBe(`rig.${group}/r\n`)
  expect(await town.remove([rig, definition])).toEqual(['Rig r deleted'])
  expect(await town.remove([rig, definition], true)).toEqual([`CustomResourceDefinition rigs.${group} deleted`])
})

test.concurrent('what is wanted no more is pruned, but for what has another id and what holds data', async ({
  town,
}) => {
  await town.kubectl('create', 'configmap', 'stranger')
  const label = 'applyset.kubernetes.io/part-of=applyset-another-v1'
  await town.kubectl('label', 'configmap', 'stranger', label)
  await town.install([map('a'), map('b'), claim('c')], { wait: false })
  expect(await town.install([map('a')], { wait: false })).toEqual(['ConfigMap a unchanged'])
  expect(await town.install([map('a')], { wait: false, prune: true })).toEqual([
    'ConfigMap a unchanged',
    'ConfigMap b pruned',
  ])
  const left = 'configmap/a\nconfigmap/stranger\npersistentvolumeclaim/c\n'
  const list = async () =>
    (await town.kubectl('get', 'configmap,pvc', '--output', 'name')).replace('configmap/kube-root-ca.crt\n', '')
  expect(await list()).toBe(left)
  expect(await town.remove([])).toEqual(['ConfigMap a deleted'])
  expect(await town.remove([], true)).toEqual(['PersistentVolumeClaim c deleted'])
  expect(await list()).toBe('configmap/stranger\n')
})

test.concurrent('a first one that fails says what was printed last, and leaves what was there', async ({ town }) => {
  await town.kubectl('create', 'configmap', 'old', '--from-literal=a=b')
  const failing = town.install([map('old'), map('new'), job('echo boom; exit 3')], { adopt: true })
  await expect(failing).rejects.toMatchObject({
    name: 'NotReadyError',
    message: expect.stringMatching(/^job.batch\/job in namespace .* has failed: BackoffLimitExceeded: .*exit code 3$/),
    output: 'boom\n',
  })
  const names = await town.kubectl('get', 'configmap,job,secret', '--output', 'name')
  expect(names).toBe('configmap/kube-root-ca.crt\nconfigmap/old\n')
})

test.concurrent('a Deployment is waited for; what breaks it is told, and leaves the pod of before', async ({
  town,
}) => {
  expect(await town.install([deployment()])).toEqual(['Deployment sleeper created'])
  const ready = await town.kubectl('get', 'pods', '--output', 'name')
  const broken = /pod sleeper-.*: image nosuch:1 cannot be pulled: ErrImageNeverPull/
  expect(await failure(town, [deployment('nosuch:1')], broken, 4)).toMatch(broken)
  expect(await town.kubectl('get', 'pods', '--field-selector=status.phase=Running', '--output', 'name')).toContain(
    ready,
  )
})

test.concurrent('a quota, and a class that is not there, are told', async ({ town }) => {
  await createQuota(town.namespace)
  const full = /sleeper .*: no pod can be made: pods .* exceeded quota: none/
  expect(await failure(town, [deployment()], full, 2)).toMatch(full)
  const unbound = /persistentvolumeclaim\/c .*"nosuch" not found/
  expect(await failure(town, [claim('c', { storageClassName: 'nosuch' })], unbound, 2)).toMatch(unbound)
  expect(await town.kubectl('get', 'pvc,deployment,secret', '--output', 'name')).toBe('')
})

test.concurrent('one that is cut short leaves its data to the next that fails, and no more than that', async ({
  town,
}) => {
  await town.install([claim('kept')], { wait: false })
  await town.remove([])
  const controller = new AbortController()
  const cut = town.install([map('a'), map('b'), claim('kept')], {
    signal: controller.signal,
    onChange: () => controller.abort(new Error('cut')),
  })
  await expect(cut).rejects.toThrow('cut')
  await expect(town.install([job('exit 1'), map('b'), claim('kept')])).rejects.toThrow('has failed')
  expect(await town.kubectl('get', 'secret,job,pvc', '--output', 'name')).toBe('persistentvolumeclaim/kept\n')
  expect((await run('kubectl', ['get', 'configmap', 'a', '--namespace', town.namespace])).exitCode).toBe(1)
})

test.concurrent('of two at once, both make the same, or one says that the other is at it', async ({ town }) => {
  const objects = ['a', 'b', 'c'].map((name) => map(name))
  const both = await Promise.allSettled([town.install(objects), town.install(objects)])
  for (const one of both.filter(({ status }) => status === 'rejected')) {
    expect(one).toMatchObject({ reason: { name: 'InstallationBusyError' } })
  }
  expect(await town.install(objects)).toEqual(['a', 'b', 'c'].map((name) => `ConfigMap ${name} unchanged`))
})
