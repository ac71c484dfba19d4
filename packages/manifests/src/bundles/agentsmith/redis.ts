import type { Deployment, Probe, Service } from '../../kubernetes.ts'
import { PART_OF } from '../../objects.ts'
import { podTemplate } from '../../profiles/workload.ts'
import type { Template } from '../../template/reference.ts'
import type { AgentsmithValues } from './values.ts'

const SELECTOR = { app: 'redis' }
const LABELS = {
  ...SELECTOR,
  'app.kubernetes.io/name': 'redis',
  'app.kubernetes.io/component': 'message-bus',
  ...PART_OF,
}
const PORT = 6379

export function redisService(namespace: string): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'redis', namespace, labels: LABELS },
    spec: {
      type: 'ClusterIP',
      selector: SELECTOR,
      ports: [{ name: 'redis', port: PORT, targetPort: 'redis', protocol: 'TCP' }],
    },
  }
}

/** One Redis without a volume: a second beside it would be another, empty bus, so the old one ends first. */
export function redisDeployment(namespace: string, { redis }: Template<AgentsmithValues>): Deployment {
  const { image, maxMemory, maxMemoryPolicy, resources } = redis
  const ping = (times: Probe): Probe => ({ exec: { command: ['redis-cli', 'ping'] }, ...times, timeoutSeconds: 3 })
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'redis', namespace, labels: LABELS },
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: SELECTOR },
      template: podTemplate({
        name: 'redis',
        namespace,
        selector: SELECTOR,
        podLabels: PART_OF,
        security: { user: 999 },
        containers: [
          {
            name: 'redis',
            image: `${image.repository}:${image.tag}`,
            args: ['--maxmemory', maxMemory, '--maxmemory-policy', maxMemoryPolicy, '--save', ''],
            ports: [{ name: 'redis', containerPort: PORT, protocol: 'TCP' }],
            volumeMounts: [{ name: 'data', mountPath: '/data' }],
            livenessProbe: ping({ initialDelaySeconds: 10, periodSeconds: 15 }),
            readinessProbe: ping({ initialDelaySeconds: 5, periodSeconds: 10 }),
            resources: { requests: resources.requests, limits: resources.limits },
          },
        ],
        pod: { volumes: [{ name: 'data', emptyDir: {} }] },
      }),
    },
  }
}
