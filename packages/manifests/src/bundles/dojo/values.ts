import { z } from 'zod'
import { imageValues, requirements } from '../../parts/values.ts'

/** What the `dojo` bundle can be told. The number of replicas is none of it: there is one. */
export const dojoValues = z.strictObject({
  image: imageValues({ repository: 'ghcr.io/blogle/dojo', tag: 'latest' }).describe('The application.'),
  claimName: z
    .string()
    .min(1)
    .default('dojo-data')
    .describe('PersistentVolumeClaim of the ledger. Whoever uses this gives it; it is not made here.'),
  environment: z.string().min(1).default('production').describe('DOJO_ENV.'),
  resources: requirements({
    requests: { cpu: '100m', memory: '256Mi' },
    limits: { cpu: '1000m', memory: '1Gi' },
  }).describe('Of the application.'),
})

export type DojoValues = z.output<typeof dojoValues>
