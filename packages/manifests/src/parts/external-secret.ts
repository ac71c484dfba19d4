import { z } from 'zod'
import type { ObjectMeta } from '../kubernetes.ts'
import { each, when } from '../template/combinators.ts'
import type { Template } from '../template/reference.ts'

interface ExternalSecret {
  apiVersion: string
  kind: 'ExternalSecret'
  metadata: ObjectMeta
  spec: {
    refreshInterval?: string
    secretStoreRef: { name: string; kind?: string }
    target: { name: string }
    data: { secretKey: string; remoteRef: { key: string } }[]
  }
}

interface Defaults {
  apiVersion: 'external-secrets.io/v1' | 'external-secrets.io/v1beta1'
  store: string
  keys: Record<string, string>
}

/** Values of a Secret that the External Secrets Operator fills. */
export function externalSecretValues({ apiVersion, store, keys }: Defaults) {
  return z
    .strictObject({
      enabled: z
        .boolean()
        .default(false)
        .describe('Takes the Secret from a store; the tokens among these values are not used.'),
      apiVersion: z
        .enum(['external-secrets.io/v1', 'external-secrets.io/v1beta1'])
        .default(apiVersion)
        .describe('What the operator in the cluster serves: v1 from 0.16 on, and only v1 from 0.17 on.'),
      secretStore: z
        .strictObject({
          name: z.string().min(1).default(store).describe('Its name.'),
          kind: z.enum(['', 'SecretStore', 'ClusterSecretStore']).default('').describe('SecretStore when empty.'),
        })
        .prefault({})
        .describe('The store.'),
      refreshInterval: z
        .string()
        .default('')
        .describe("How often it is read, such as 1h; the operator's own when empty."),
      keys: z
        .record(z.string(), z.string())
        .default(keys)
        .describe('Keys of the Secret, and under what the store has each.'),
    })
    .prefault({})
}

type Values = Template<z.output<ReturnType<typeof externalSecretValues>>>

/** An ExternalSecret that makes the Secret `target`. */
export function externalSecret(metadata: ObjectMeta, target: string, values: Values): ExternalSecret {
  const { apiVersion, secretStore, refreshInterval, keys } = values
  return {
    apiVersion,
    kind: 'ExternalSecret',
    metadata,
    spec: {
      ...when(refreshInterval, { refreshInterval }),
      secretStoreRef: { name: secretStore.name, ...when(secretStore.kind, { kind: secretStore.kind }) },
      target: { name: target },
      data: [...each(keys, 'remote', (remote: string, secretKey) => [{ secretKey, remoteRef: { key: remote } }])],
    },
  }
}
