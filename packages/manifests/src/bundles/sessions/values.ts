import { z } from 'zod'
import { quantity, resources } from '../../values/kinds.ts'
import { exampleCity } from './example-city.ts'

const image = (name: string) => z.string().min(1).default(name)
const storageClassName = z.string().min(1).optional()
const enabled = z.boolean().default(false)

/** A schedule as cron writes it. */
const schedule = z.string().regex(/^(@[a-z]+|\S+( \S+){4})$/, 'a schedule, such as "0 3 * * *"')

const dolt = z.strictObject({
  image: image('dolthub/dolt-sql-server:1.86.4').describe('Any image with dolt on the PATH.'),
  storage: quantity.default('10Gi').describe("Size of Dolt's volume."),
  storageClassName: storageClassName.describe("StorageClass of the volume; the cluster's default when absent."),
  requests: resources({ cpu: '500m', memory: '1Gi' }).describe('What is reserved for Dolt.'),
  limits: resources({ cpu: '2', memory: '4Gi' }).describe('What Dolt may use.'),
  clients: z
    .enum(['namespace', 'cluster'])
    .default('cluster')
    .describe('Who may connect, as there is no password: pods of the namespace, or of the whole cluster.'),
})

const backups = z.strictObject({
  enabled: enabled.describe('Copies every database to a volume of its own.'),
  schedule: schedule.default('0 3 * * *').describe('When.'),
  days: z.int().min(1).max(366).default(7).describe('How many days a backup is kept.'),
  storage: quantity.default('10Gi').describe("Size of the backups' volume."),
  storageClassName: storageClassName.describe("StorageClass of the volume; the cluster's default when absent."),
})

const controller = z.strictObject({
  enabled: enabled.describe('Runs gc in the cluster, in place of a laptop.'),
  image: image('gc-controller:latest').describe('Any image with gc and gc-session-k8s on the PATH.'),
  agentImage: image('gc-agent:latest').describe('Image of the agents.'),
  city: z.string().default(exampleCity).describe('The text of city.toml.'),
  storage: quantity.default('1Gi').describe("Size of the volume for what gc keeps in the city's folder."),
  storageClassName: storageClassName.describe("StorageClass of the volume; the cluster's default when absent."),
  requests: resources({ cpu: '100m', memory: '256Mi' }).describe('What is reserved for gc.'),
  limits: resources({ cpu: '500m', memory: '512Mi' }).describe('What gc may use.'),
})

const mail = z.strictObject({
  enabled: enabled.describe('Lets agents write to one another by MCP agent mail, at mcp-mail:8765.'),
  image: image('gc-mcp-mail:latest').describe('Image of the service. It keeps its data under HOME.'),
  storage: quantity.default('1Gi').describe("Size of the mail's volume."),
  storageClassName: storageClassName.describe("StorageClass of the volume; the cluster's default when absent."),
  requests: resources({ cpu: '100m', memory: '256Mi' }).describe('What is reserved for the service.'),
  limits: resources({ cpu: '1', memory: '1Gi' }).describe('What the service may use.'),
})

const eventCleanup = z.strictObject({
  enabled: enabled.describe('Deletes events that gc keeps as ConfigMaps once they are old.'),
  image: image('gc-controller:latest').describe('Any image with sh and kubectl on the PATH.'),
  schedule: schedule.default('0 */6 * * *').describe('When.'),
  hours: z.int().min(1).max(8760).default(24).describe('How old an event must be.'),
})

const quota = z.strictObject({
  enabled: enabled.describe('Limits what all pods of the namespace may ask for together.'),
  hard: z
    .record(z.string(), z.string())
    .default({
      pods: '60',
      'requests.cpu': '32',
      'requests.memory': '64Gi',
      'limits.cpu': '128',
      'limits.memory': '256Gi',
    })
    .describe('The limits, as a ResourceQuota names them.'),
})

const networkPolicies = z.strictObject({
  enabled: enabled.describe(
    "Closes agents to others, Dolt and mail to other namespaces, and the nodes' metadata to agents.",
  ),
  ports: z.array(z.int().min(1).max(65535)).default([22, 80, 443]).describe('Ports outside that agents may reach.'),
  except: z
    .array(z.string().regex(/^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/, 'a network such as 10.0.0.0/8'))
    .default(['169.254.0.0/16'])
    .describe('Networks outside that agents may not reach.'),
})

/** What the `sessions` bundle can be told. Every value has a default. */
export const sessionsValues = z.strictObject({
  podSecurity: z
    .enum(['restricted', 'baseline', 'privileged'])
    .default('baseline')
    .describe(
      'Pod Security Standard that the namespace enforces. Session pods meet all; GC_K8S_POD_SECURITY=none meets baseline.',
    ),
  dolt: dolt.prefault({}).describe('The Dolt server.'),
  backups: backups.prefault({}).describe("Backups of Dolt's databases."),
  controller: controller.prefault({}).describe('gc in the cluster.'),
  claudeCredentials: z
    .record(z.string().regex(/^[-._a-zA-Z0-9]+$/, 'the name of a file'), z.string())
    .default({})
    .describe(
      'Files for the Secret claude-credentials, which agents find at /tmp/claude-secret. No Secret without any.',
    ),
  mail: mail.prefault({}).describe('The mail service.'),
  eventCleanup: eventCleanup.prefault({}).describe("The clean-up of gc's events."),
  quota: quota.prefault({}).describe("The namespace's quota."),
  networkPolicies: networkPolicies.prefault({}).describe('Who may talk to whom.'),
})

/** Values as a caller writes them. */
export type SessionsInput = z.input<typeof sessionsValues>
/** Values with every default filled in. */
export type SessionsValues = z.output<typeof sessionsValues>
