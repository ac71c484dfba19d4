import { z } from 'zod'
import type { EnvVar, Probe, Service, StatefulSet } from '../kubernetes.ts'
import { statefulDatabase } from '../profiles/stateful-database.ts'
import { text } from '../template/combinators.ts'
import type { Template } from '../template/reference.ts'
import { imageName, port, requirements, storageValues } from './values.ts'

/** Values of a Redis of the bundle's own. */
export const redisValues = {
  enabled: z.boolean().default(true).describe('Runs a Redis of its own.'),
  image: z
    .strictObject(imageName({ repository: 'redis', tag: '7-alpine' }))
    .prefault({})
    .describe('Any Redis 7.'),
  port: port(6379).describe('Its port.'),
  resources: requirements({
    limits: { cpu: '250m', memory: '256Mi' },
    requests: { cpu: '50m', memory: '64Mi' },
  }).describe('Of Redis.'),
  maxMemory: z
    .string()
    .regex(/^\d+(b|kb|mb|gb)$/, 'an amount as Redis writes it, such as 192mb')
    .default('192mb')
    .describe('What its data may take; then it refuses writes. Well below its memory limit, or it is killed instead.'),
  ...storageValues('1Gi'),
}

const schema = z.strictObject(redisValues)

interface Redis {
  /** Of the StatefulSet; its claim is `data-NAME-0`. */
  name: string
  /** Default: the name. */
  serviceName?: string
  namespace: string
  labels: Record<string, string>
  selector: Record<string, string>
  podLabels?: Record<string, string>
  values: Template<z.output<typeof schema>>
  /** Secret and key of the password. Default: none is asked for. */
  password?: { name: string; key: string }
}

/** One Redis that writes each change to its claim, and its service. */
export function redis(options: Redis): [Service, StatefulSet] {
  const { name, serviceName = name, namespace, labels, selector, podLabels = {}, values, password } = options
  const { image, port, maxMemory, resources, storage, storageClassName } = values
  const ping = (times: Probe): Probe => ({
    exec: { command: ['redis-cli', '-p', text(port), 'ping'] },
    ...times,
    timeoutSeconds: 5,
  })
  // redis-cli takes the password from this variable by itself.
  const env: EnvVar[] = password === undefined ? [] : [{ name: 'REDISCLI_AUTH', valueFrom: { secretKeyRef: password } }]
  const statefulSet = statefulDatabase({
    name,
    namespace,
    labels,
    selector,
    podLabels,
    security: { user: 999 },
    containers: [
      {
        name: 'redis',
        image: `${image.repository}:${image.tag}`,
        args: [
          ...[
            '--port',
            text(port),
            '--appendonly',
            'yes',
            '--maxmemory',
            maxMemory,
            '--maxmemory-policy',
            'noeviction',
          ],
          ...(password === undefined ? [] : ['--requirepass', '$(REDISCLI_AUTH)']),
        ],
        ...(password === undefined ? {} : { env }),
        ports: [{ name: 'redis', containerPort: port, protocol: 'TCP' }],
        readinessProbe: ping({ initialDelaySeconds: 1, periodSeconds: 5 }),
        livenessProbe: ping({ initialDelaySeconds: 10, periodSeconds: 15 }),
        resources: { limits: resources.limits, requests: resources.requests },
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
    ],
    volume: 'data',
    storage,
    storageClassName,
  })
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: serviceName, namespace, labels },
      spec: { clusterIP: 'None', selector, ports: [{ name: 'redis', port, targetPort: 'redis', protocol: 'TCP' }] },
    },
    { ...statefulSet, spec: { ...statefulSet.spec, serviceName } as NonNullable<StatefulSet['spec']> },
  ]
}
