import { z } from 'zod'

/** A quantity as Kubernetes writes it: `500m`, `1.5`, `10Gi`. */
const quantity = z.string().regex(/^\d+(\.\d+)?(m|k|Ki|M|Mi|G|Gi|T|Ti|P|Pi|E|Ei)?$/, 'a quantity, such as 500m or 10Gi')

const resources = z.strictObject({ cpu: quantity, memory: quantity })

/** A DNS label: what a namespace may be called. */
const dnsLabel = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'a DNS label: lower case letters, digits and inner hyphens')

/** What the `sessions` bundle can be told. Every value has a default. */
export const sessionsValues = z.strictObject({
  namespace: dnsLabel.default('gc'),
  /** Pod Security Standard that the namespace enforces. Session pods meet all; `GC_K8S_POD_SECURITY=none` meets baseline. */
  podSecurity: z.enum(['restricted', 'baseline', 'privileged']).default('baseline'),
  dolt: z
    .strictObject({
      /** Any image with `dolt` on the PATH. */
      image: z.string().min(1).default('dolthub/dolt-sql-server:1.86.4'),
      storage: quantity.default('10Gi'),
      /** The cluster's default when absent. */
      storageClassName: z.string().min(1).optional(),
      requests: resources.prefault({ cpu: '500m', memory: '1Gi' }),
      limits: resources.prefault({ cpu: '2', memory: '4Gi' }),
      /** Who may connect, as there is no password: pods of the namespace, or of the whole cluster. */
      clients: z.enum(['namespace', 'cluster']).default('cluster'),
    })
    .prefault({}),
})

/** Values as a caller writes them. */
export type SessionsInput = z.input<typeof sessionsValues>
/** Values with every default filled in. */
export type SessionsValues = z.output<typeof sessionsValues>
