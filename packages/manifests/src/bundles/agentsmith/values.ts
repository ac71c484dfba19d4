import { z } from 'zod'
import { ingressValues } from '../../parts/ingress.ts'
import { imageName, imageValues, requirements } from '../../parts/values.ts'
import { CONFIGURATION } from './configuration.ts'

const pullPolicy = z.enum(['Always', 'IfNotPresent', 'Never'])

/** What the `agentsmith` bundle can be told. */
export const agentsmithValues = z.strictObject({
  podSecurity: z
    .enum(['restricted', 'baseline', 'privileged'])
    .default('baseline')
    .describe(
      'Pod Security Standard that the namespace enforces. All pods of this bundle meet restricted; the Jobs that the dispatcher makes are its own.',
    ),
  replicaCount: z.int().min(0).default(1).describe('Dispatchers: their state is in Redis, so any number may run.'),
  image: imageValues({ repository: 'agentsmith-dispatcher', tag: 'latest' }).describe('The dispatcher.'),
  environment: z.string().min(1).default('Production').describe('ASPNETCORE_ENVIRONMENT.'),
  resources: requirements({
    requests: { cpu: '100m', memory: '256Mi' },
    limits: { cpu: '500m', memory: '512Mi' },
  }).describe('Of a dispatcher, which mostly waits for Redis and Slack.'),
  agent: z
    .strictObject({
      image: z.string().min(1).default('agentsmith:latest').describe('AGENTSMITH_IMAGE: image of the Jobs.'),
      pullPolicy: pullPolicy.default('IfNotPresent').describe('IMAGE_PULL_POLICY of the Jobs.'),
    })
    .prefault({})
    .describe('The Jobs that the dispatcher makes.'),
  secretName: z
    .string()
    .min(1)
    .default('agentsmith-secrets')
    .describe('Secret with the keys redis-url, slack-bot-token and slack-signing-secret; not made here.'),
  config: z.string().default(CONFIGURATION).describe('agentsmith.yml: projects and pipelines.'),
  service: z
    .strictObject({
      type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer']).default('ClusterIP').describe('Who can reach it.'),
      nodePort: z.int().min(1).max(65_535).optional().describe('Port on every node, for NodePort.'),
    })
    .prefault({})
    .describe("The dispatcher's service."),
  ingress: ingressValues({
    className: 'nginx',
    host: 'agentsmith.yourdomain.com',
    tlsSecretName: 'agentsmith-tls',
    annotations: {
      'cert-manager.io/cluster-issuer': 'letsencrypt-prod',
      'nginx.ingress.kubernetes.io/proxy-read-timeout': '300',
      'nginx.ingress.kubernetes.io/proxy-send-timeout': '300',
    },
  }).describe('The way in from outside.'),
  redis: z
    .strictObject({
      image: z
        .strictObject(imageName({ repository: 'redis', tag: '7-alpine' }))
        .prefault({})
        .describe('Any Redis 7.'),
      maxMemory: z.string().min(1).default('256mb').describe('What its data may take.'),
      maxMemoryPolicy: z
        .enum(['allkeys-lru', 'noeviction', 'allkeys-lfu', 'volatile-lru', 'volatile-ttl'])
        .default('allkeys-lru')
        .describe('What goes when that is full. With noeviction writes fail and nothing is lost.'),
      resources: requirements({
        requests: { cpu: '100m', memory: '128Mi' },
        limits: { cpu: '500m', memory: '384Mi' },
      }).describe('Of Redis.'),
    })
    .prefault({})
    .describe('The message bus. It keeps nothing over its restarts.'),
})

export type AgentsmithValues = z.output<typeof agentsmithValues>
