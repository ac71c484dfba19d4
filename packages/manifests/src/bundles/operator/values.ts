import { z } from 'zod'
import { serviceMonitorValues } from '../../parts/service-monitor.ts'
import { imageValues, port, requirements, texts } from '../../parts/values.ts'
import { nameValues } from '../../release.ts'

const absolute = z.string().regex(/^\/[^\n]*$/, 'an absolute path')

/** What the `operator` bundle can be told. */
export const operatorValues = z.strictObject({
  ...nameValues,
  replicaCount: z.int().min(0).default(1).describe('Operators. One leads, the others wait to take over.'),
  image: imageValues({ repository: 'gc-operator', tag: '0.1.0' }).describe('The operator, with gt on its PATH.'),
  gtConfig: z
    .strictObject({
      townRoot: absolute.default('/home/user/workspaces').describe('GT_TOWN_ROOT: the root of the Gas Town.'),
      gtBinary: absolute.default('/usr/local/bin/gt').describe('GT_PATH: the gt program in the image.'),
    })
    .prefault({})
    .describe('The gt CLI, of which the custom resources are views.'),
  volumes: z
    .strictObject({
      enabled: z
        .boolean()
        .default(false)
        .describe(
          'Mounts the town from the node. No Pod Security Standard but privileged allows that, so the namespace must; the rest of the pod stays restricted.',
        ),
      hostPath: absolute.default('/home/user/workspaces').describe('The town on the node; it is mounted at townRoot.'),
    })
    .prefault({})
    .describe('Where the town comes from.'),
  executionMode: z
    .enum(['local', 'kubernetes'])
    .default('local')
    .describe(
      'Where polecats run that do not say: on the town by gt, or as pods. With local the operator may see neither pods nor Secrets.',
    ),
  polecatNamespaces: z
    .record(z.string(), z.boolean())
    .default({})
    .describe(
      'Namespaces beside its own in which the operator may run pods, each with true. For executionMode kubernetes.',
    ),
  gitSecrets: z
    .array(z.string().min(1))
    .default([])
    .describe('Secrets of its namespace that the operator may read, to merge. For executionMode kubernetes.'),
  runAsUser: z.int().min(1).default(1000).describe('User and group: who owns the town on the node.'),
  serviceAccount: z
    .strictObject({
      create: z.boolean().default(true).describe('Makes the account.'),
      name: z.string().default('').describe("Its name. When empty: the release's, or default where none is made."),
      annotations: texts.default({}).describe('For identities that a cloud binds to accounts.'),
    })
    .prefault({})
    .describe('Who the operator is to the API server.'),
  rbac: z
    .strictObject({ create: z.boolean().default(true).describe('Makes roles and bindings.') })
    .prefault({})
    .describe('What it may do.'),
  leaderElection: z
    .strictObject({ enabled: z.boolean().default(true).describe('Off only where there is never a second operator.') })
    .prefault({})
    .describe('One operator acts at a time, by a Lease.'),
  metrics: z
    .strictObject({
      enabled: z.boolean().default(true).describe('Serves Prometheus metrics.'),
      port: port(8443).describe('Port of them.'),
      namespaceLabels: texts
        .default({})
        .describe('Labels of the namespaces whose pods may ask for them; every namespace when empty.'),
      serviceMonitor: serviceMonitorValues,
    })
    .prefault({})
    .describe('Metrics.'),
  probes: z
    .strictObject({ healthPort: port(8081).describe('Port of /healthz and /readyz.') })
    .prefault({})
    .describe('Health.'),
  resources: requirements({
    limits: { cpu: '500m', memory: '256Mi' },
    requests: { cpu: '100m', memory: '128Mi' },
  }).describe('Of an operator.'),
  podAnnotations: texts.default({}).describe('More annotations of its pods.'),
  podLabels: texts.default({}).describe('More labels of its pods.'),
  nodeSelector: texts.default({}).describe('Nodes that it may run on: with a hostPath, the one that has the town.'),
})

export type OperatorValues = z.output<typeof operatorValues>
