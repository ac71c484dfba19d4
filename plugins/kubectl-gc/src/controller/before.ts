import { readRecord } from '@kubectl-gc/kube/apply'
import { CONTROLLER } from '@kubectl-gc/manifests'
import { z } from 'zod'
import { UsageError } from '../errors/usage.ts'
import type { Place } from './others.ts'

const text = z.string().optional()
const resources = z.object({ cpu: text, memory: text })

/** What the installation's record says of a deployment. */
const beforeSchema = z.object({
  exclude: z.array(z.string()),
  env: z.record(z.string(), z.string()),
  values: z.object({
    ...{ image: text, agentImage: text, storage: text, storageClassName: text },
    ...{ requests: resources, limits: resources },
  }),
})

/** What the controller was deployed with. */
export type Before = z.infer<typeof beforeSchema>

/**
 * What the controller was deployed with before; undefined when it has not been.
 * @throws {UsageError} the record cannot be used
 */
export async function deployedBefore({ client, namespace, signal }: Place): Promise<Before | undefined> {
  const record = await readRecord(client, { name: CONTROLLER, namespace }, signal)
  if (record === undefined) return undefined
  const { data, error } = beforeSchema.safeParse(record.content)
  if (data !== undefined) return data
  const message = `the record of the controller in namespace ${namespace} cannot be used: ${z.prettifyError(error)}`
  throw new UsageError(message, 'say all that it is to have: kubectl gc controller deploy --reset-values', error)
}
