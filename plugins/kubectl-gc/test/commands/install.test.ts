import { ApiError } from '@kubectl-gc/kube'
import type { StatefulSet } from '@kubectl-gc/manifests/kubernetes'
import { expect, test } from 'vitest'
import { gc, Sink } from '../support/gc.ts'
import { MemoryCluster } from '../support/memory-cluster.ts'

const ours = { managedFields: [{ manager: 'kubectl-gc', operation: 'Apply' }] }

function statefulSet(cluster: MemoryCluster): StatefulSet {
  return cluster.objects.get('statefulsets/gc/dolt') as StatefulSet
}

/** Plays the controllers: Dolt is ready as soon as it is there, on a claim of its own. */
function makeReady(cluster: MemoryCluster): void {
  const status = { readyReplicas: 1, updatedReplicas: 1, observedGeneration: 1 }
  cluster.put({ ...statefulSet(cluster), status })
  cluster.put({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'dolt-data-dolt-0', namespace: 'gc' },
  })
}

async function installed(): Promise<MemoryCluster> {
  const cluster = new MemoryCluster()
  await gc(['install', '--no-wait'], { client: cluster.client })
  makeReady(cluster)
  cluster.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'gc', ...ours } })
  return cluster
}

test('install says what it changed, the namespace first, and what it waits for', async () => {
  const cluster = new MemoryCluster()
  const stderr = Object.assign(new Sink(), { isTTY: true, columns: 200 })
  const installing = gc(['install', '--dolt-storage', '5Gi', '--cpu-request', '10m'], {
    client: cluster.client,
    stderr,
  })
  await expect.poll(() => stderr.text).toContain('waiting for statefulset.apps/dolt to be ready')
  makeReady(cluster)
  const { code, stdout } = await installing
  expect(code).toBe(0)
  expect(stdout.split('\n')[0]).toBe('namespace/gc created')
  expect(stdout).toContain('statefulset.apps/dolt created\n')
  const { spec } = statefulSet(cluster)
  expect(spec?.volumeClaimTemplates?.[0]?.spec?.resources?.requests).toEqual({ storage: '5Gi' })
  expect(spec?.template.spec?.containers[0]?.resources?.requests).toEqual({ cpu: '10m', memory: '1Gi' })
})

test('a second install changes nothing', async () => {
  const cluster = await installed()
  const { stdout } = await gc(['install'], { client: cluster.client })
  expect(stdout).not.toMatch(/created|configured/)
})

test('a dry run changes nothing, in a cluster without the namespace too', async () => {
  const cluster = new MemoryCluster()
  const { code, stdout } = await gc(['install', '--dry-run'], { client: cluster.client })
  expect(code).toBe(0)
  expect(
    stdout
      .trim()
      .split('\n')
      .every((line) => line.endsWith(' created (server dry run)')),
  ).toBe(true)
  expect(cluster.objects.size).toBe(0)
})

test('what the manifests refuse is one line that names it', async () => {
  const { code, stderr } = await gc(['install', '--namespace', 'Not_A_Label'], { client: new MemoryCluster().client })
  expect(code).toBe(1)
  expect(stderr).toMatch(/^error: namespace: "Not_A_Label" is not .*\nTry: kubectl gc install --help\n$/)
})

const forbidden = new ApiError({ code: 403, reason: 'Forbidden', message: 'it is forbidden' })

test('an install that may not be made stops at the first object, names it and takes back what it made', async () => {
  const cluster = new MemoryCluster()
  cluster.refuse = { kind: 'StatefulSet', error: forbidden }
  const { code, stdout, stderr } = await gc(['install'], { client: cluster.client })
  expect({ code, stdout }).toEqual({ code: 1, stdout: 'namespace/gc created\nnamespace/gc deleted\n' })
  expect(stderr).toMatch(/^What this install had made .*\nerror: statefulset.apps\/dolt: it is forbidden\nTry: /)
  expect(cluster.objects.size).toBe(0)
})

test('a namespace that may not be changed is taken as it is', async () => {
  const cluster = new MemoryCluster()
  cluster.refuse = { kind: 'Namespace', error: forbidden }
  const { code, stdout, stderr } = await gc(['install', '--no-wait'], { client: cluster.client })
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'namespace/gc taken as it is: you may not change it\n' })
  expect(stdout.split('\n')[0]).toBe('statefulset.apps/dolt created')
})

test('uninstall keeps data and the namespace that holds it, and names both', async () => {
  const cluster = await installed()
  const { code, stdout, stderr } = await gc(['uninstall'], { client: cluster.client })
  expect(code).toBe(0)
  expect(stdout).toContain('statefulset.apps/dolt deleted\n')
  expect([...cluster.objects.keys()].sort()).toEqual(['namespaces//gc', 'persistentvolumeclaims/gc/dolt-data-dolt-0'])
  expect(stderr).toBe(
    'persistentvolumeclaim/dolt-data-dolt-0 kept: it holds data\n' +
      'namespace/gc kept: it holds persistentvolumeclaim/dolt-data-dolt-0\n' +
      'To delete the data too: kubectl gc uninstall sessions --namespace gc --delete-data\n',
  )
})

test('uninstall with --delete-data leaves nothing, and a second one succeeds', async () => {
  const cluster = await installed()
  const { stdout } = await gc(['uninstall', '--delete-data'], { client: cluster.client })
  expect(stdout).toContain('persistentvolumeclaim/dolt-data-dolt-0 deleted\nnamespace/gc deleted\n')
  expect(cluster.objects.size).toBe(0)
  const again = await gc(['uninstall', '--delete-data'], { client: cluster.client })
  expect(again).toMatchObject({ code: 0, stdout: '', stderr: 'There is nothing of sessions in namespace gc.\n' })
})

test.for([
  [{ kind: 'Pod', metadata: { name: 'p', annotations: { 'gc-session-name': 'mayor' } } }, 'session/mayor'],
  [{ kind: 'Secret', metadata: { name: 'claude-credentials' } }, 'secret/claude-credentials'],
] as const)('a namespace that holds something of others stays', async ([object, name]) => {
  const cluster = await installed()
  cluster.put({ apiVersion: 'v1', kind: object.kind, metadata: { ...object.metadata, namespace: 'gc' } })
  const { code, stderr } = await gc(['uninstall', '--delete-data'], { client: cluster.client })
  expect(code).toBe(0)
  expect(stderr).toBe(`namespace/gc kept: it holds ${name}\n`)
})

const creation = { 'f:metadata': { 'f:labels': { 'f:kubernetes.io/metadata.name': {} } } }

test.for([
  [[{ manager: 'kubectl-create', operation: 'Update', fieldsV1: creation }], true],
  [[{ manager: 'argocd', operation: 'Apply' }], true],
  [
    [{ manager: 'kubectl-label', operation: 'Update', fieldsV1: { 'f:metadata': { 'f:labels': { 'f:x': {} } } } }],
    false,
  ],
] as const)('a namespace that also %j manages is kept: %s', async ([others, kept]) => {
  const cluster = await installed()
  const metadata = { name: 'gc', managedFields: [...ours.managedFields, ...others] }
  cluster.put({ apiVersion: 'v1', kind: 'Namespace', metadata })
  const { stderr } = await gc(['uninstall', '--delete-data'], { client: cluster.client })
  expect(stderr).toBe(kept ? 'namespace/gc kept: install did not make it\n' : '')
})

/** An installation whose recorded values a version has made of which this one does not know them all. */
async function installedBefore(values: object): Promise<MemoryCluster> {
  const cluster = await installed()
  const [, record] = [...cluster.objects].find(([key]) => key.startsWith('secrets/gc/')) ?? []
  const { data } = record as { data: Record<string, string> }
  const content = JSON.parse(Buffer.from(data.content ?? '', 'base64').toString())
  const text = JSON.stringify({ ...content, values })
  cluster.put({ ...record, data: { ...data, content: Buffer.from(text).toString('base64') } } as never)
  return cluster
}

const RESET = 'kubectl gc upgrade sessions --namespace gc --reset-values'

test.for([
  [['upgrade'], { dolt: { storge: '5Gi' } }, /^error: dolt.storge: no such value/, RESET],
  [['diff'], { dolt: { storage: 5 } }, /^error: dolt.storage: 5 is not /, RESET],
  [['upgrade', '--set', 'dolt.storage=no'], {}, /^error: dolt.storage: "no" is not /, 'kubectl gc explain sessions'],
  [
    ['upgrade', '--set', 'dolt.storage=no'],
    { dolt: { storage: 5 } },
    /^error: dolt.storage: "no" is not /,
    'kubectl gc explain sessions',
  ],
] as [string[], object, RegExp, string][])('%j over the values %j of before: %s', async ([argv, before, why, next]) => {
  const cluster = await installedBefore(before)
  const { stderr } = await gc([...argv, '--namespace', 'gc'], { client: cluster.client })
  expect(stderr).toMatch(why)
  expect(stderr).toMatch(/\nTry: .*\n$/)
  expect(stderr.endsWith(`${next}\n`)).toBe(true)
  if (next !== RESET) return
  const reset = await gc([...RESET.split(' ').slice(2), '--no-wait'], { client: cluster.client })
  expect(reset).toMatchObject({ code: 0 })
})
