import type { Deployment, Probe, Service } from '../../kubernetes.ts'
import { PART_OF } from '../../objects.ts'
import { singletonWriter } from '../../profiles/singleton-writer.ts'
import type { Template } from '../../template/reference.ts'
import type { DojoValues } from './values.ts'

const SELECTOR = { app: 'dojo' }
const LABELS = { ...SELECTOR, 'app.kubernetes.io/name': 'dojo', ...PART_OF }
const PORT = 8000

/** DuckDB is one file that one process may write: `ledger.duckdb` on the claim. */
export function dojoDeployment(namespace: string, values: Template<DojoValues>): Deployment {
  const { image, claimName, environment, resources } = values
  const health = (initialDelaySeconds: number, periodSeconds: number): Probe => ({
    httpGet: { path: '/healthz', port: 'http' },
    initialDelaySeconds,
    periodSeconds,
  })
  return singletonWriter({
    name: 'dojo',
    namespace,
    selector: SELECTOR,
    labels: LABELS,
    podLabels: PART_OF,
    claim: { claimName, volume: 'data' },
    containers: [
      {
        name: 'dojo',
        image: `${image.repository}:${image.tag}`,
        imagePullPolicy: image.pullPolicy,
        ports: [{ name: 'http', containerPort: PORT }],
        env: [
          { name: 'DOJO_DB_PATH', value: '/data/ledger.duckdb' },
          { name: 'DOJO_ENV', value: environment },
        ],
        volumeMounts: [
          { name: 'data', mountPath: '/data' },
          { name: 'tmp', mountPath: '/tmp' },
        ],
        readinessProbe: health(5, 10),
        livenessProbe: health(30, 30),
        resources: { requests: resources.requests, limits: resources.limits },
      },
    ],
    pod: { volumes: [{ name: 'tmp', emptyDir: {} }] },
  })
}

export function dojoService(namespace: string): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'dojo', namespace, labels: LABELS },
    spec: { type: 'ClusterIP', selector: SELECTOR, ports: [{ name: 'http', port: 80, targetPort: PORT }] },
  }
}
