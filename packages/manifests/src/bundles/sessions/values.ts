import { z } from 'zod'
import { quantity, resources } from '../../values/kinds.ts'

/** What the `sessions` bundle can be told. Every value has a default. */
export const sessionsValues = z.strictObject({
  podSecurity: z
    .enum(['restricted', 'baseline', 'privileged'])
    .default('baseline')
    .describe(
      'Pod Security Standard that the namespace enforces. Session pods meet all; GC_K8S_POD_SECURITY=none meets baseline.',
    ),
  dolt: z
    .strictObject({
      image: z.string().min(1).default('dolthub/dolt-sql-server:1.86.4').describe('Any image with dolt on the PATH.'),
      storage: quantity.default('10Gi').describe("Size of Dolt's volume."),
      storageClassName: z
        .string()
        .min(1)
        .optional()
        .describe("StorageClass of the volume; the cluster's default when absent."),
      requests: resources({ cpu: '500m', memory: '1Gi' }).describe('What is reserved for Dolt.'),
      limits: resources({ cpu: '2', memory: '4Gi' }).describe('What Dolt may use.'),
      clients: z
        .enum(['namespace', 'cluster'])
        .default('cluster')
        .describe('Who may connect, as there is no password: pods of the namespace, or of the whole cluster.'),
    })
    .prefault({})
    .describe('The Dolt server.'),
})

/** Values as a caller writes them. */
export type SessionsInput = z.input<typeof sessionsValues>
/** Values with every default filled in. */
export type SessionsValues = z.output<typeof sessionsValues>
