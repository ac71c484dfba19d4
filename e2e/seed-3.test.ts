import { dojoBundle, kustomizeOf } from '@kubectl-gc/manifests'
import type { Deployment } from '@kubectl-gc/manifests/kubernetes'
import { expect } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { asked } from './support/port-forward.ts'
import { written } from './support/rendering.ts'
import { succeed } from './support/run.ts'
import { STAND_IN, standInPatch } from './support/stand-in.ts'
import { test } from './support/test.ts'

/** The base where the document has it, and what a consumer of it writes. */
async function repository(files: Record<string, unknown> = {}) {
  const base = Object.entries(kustomizeOf(dojoBundle)).map(([path, text]) => [
    path.replace(/^base/, 'deploy/k8s/base'),
    text,
  ])
  const consumer = Object.entries(files).map(([path, value]) => [path, JSON.stringify(value)])
  return written(Object.fromEntries([...base, ...consumer]))
}

test('kubectl kustomize deploy/k8s/base contains a Deployment with replicas: 1 and strategy: Recreate', async () => {
  await using files = await repository()
  const output = await succeed('sh', ['-c', `cd ${files.path} && kubectl kustomize deploy/k8s/base`])
  const objects = parseAllDocuments(output).map((document) => document.toJS() as Deployment)
  expect(objects.map(({ kind }) => kind).toSorted()).toEqual(['Deployment', 'Service'])
  const deployment = objects.find(({ kind }) => kind === 'Deployment')
  expect(deployment?.spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } })
})

test('a consumer gives namespace, claim and tag; what is written outlives a new version', async ({
  namespace,
  kubectl,
}) => {
  await kubectl('label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted')
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'dojo-data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '64Mi' } } },
  }
  const consumer = {
    namespace,
    resources: ['../deploy/k8s/base', 'claim.yaml'],
    images: [{ name: 'ghcr.io/blogle/dojo', newName: STAND_IN.repository, newTag: STAND_IN.tag }],
    patches: [{ target: { kind: 'Deployment', name: 'dojo' }, patch: standInPatch(8000) }],
  }
  await using files = await repository({ 'consumer/kustomization.yaml': consumer, 'consumer/claim.yaml': claim })
  await succeed('kubectl', ['apply', '-k', `${files.path}/consumer`])
  const rolledOut = () => kubectl('rollout', 'status', 'deployment/dojo', '--timeout=90s')
  const inside = (command: string) => kubectl('exec', 'deployment/dojo', '--', 'sh', '-c', command)
  await rolledOut()
  await inside('echo kept > $DOJO_DB_PATH')
  const health = await asked(['--namespace', namespace, 'svc/dojo', ':80'], '/healthz')
  expect(await health.json()).toEqual({ status: 'ok' })

  await kubectl('set', 'env', 'deployment/dojo', 'VERSION=2')
  await rolledOut()
  expect(await inside('cat $DOJO_DB_PATH; echo $VERSION')).toBe('kept\n2\n')
})
