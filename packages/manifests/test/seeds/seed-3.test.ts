import { expect, test } from 'vitest'
import { dojoBundle } from '../../src/bundles/dojo/index.ts'
import { objectsOf } from '../../src/index.ts'
import type { Deployment, Service } from '../../src/kubernetes.ts'
import { seed, yamlIn } from './document.ts'

const document = seed('3-dojo-deployment-pipeline.md')
const [deployment, service, ...others] = objectsOf(dojoBundle) as [Deployment, Service]

test('the document prints no YAML: what it says of the base is this', () => {
  expect(yamlIn(document)).toEqual([])
  expect(document).toContain(
    '`deployment.yaml`: One replica, `strategy: Recreate`. Mounts `/data` and expects a PVC named `dojo-data` supplied by the consumer.',
  )
  expect(document).toContain('`service.yaml`: ClusterIP service exposing port 80 -> 8000.')
})

test('one replica, strategy Recreate', () => {
  expect(deployment.spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } })
})

test('/data is the claim dojo-data, which the consumer supplies', () => {
  const pod = deployment.spec?.template.spec
  const mount = pod?.containers[0]?.volumeMounts?.find(({ mountPath }) => mountPath === '/data')
  const volume = pod?.volumes?.find(({ name }) => name === mount?.name)
  expect(volume?.persistentVolumeClaim).toEqual({ claimName: 'dojo-data' })
  expect(others.filter(({ kind }) => kind === 'PersistentVolumeClaim')).toEqual([])
})

test('the service exposes port 80 -> 8000 to the cluster', () => {
  expect(service).toMatchObject({ spec: { type: 'ClusterIP', ports: [{ port: 80, targetPort: 8000 }] } })
  expect(others).toEqual([])
})

test('the image is the one that the pipeline publishes, run as its user', () => {
  expect(document).toContain('`User`: "1000" (non-root).')
  const pod = deployment.spec?.template.spec
  expect(pod?.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 })
  expect(pod?.containers[0]).toMatchObject({
    image: expect.stringMatching(/^ghcr\.io\//),
    ports: [{ containerPort: 8000 }],
    env: [
      { name: 'DOJO_DB_PATH', value: '/data/ledger.duckdb' },
      { name: 'DOJO_ENV', value: 'production' },
    ],
  })
})

test('nobody can ask for a second writer', () => {
  expect(() => objectsOf(dojoBundle, { replicaCount: 2 })).toThrow('replicaCount: no such value')
  expect(() => objectsOf(dojoBundle, { autoscaling: { enabled: true } })).toThrow('autoscaling: no such value')
})
