import { nearest } from '@kubectl-gc/manifests/nearest'
import { UsageError } from '../errors/usage.ts'
import type { Schema } from './schema.ts'

/** Something that has fields. */
export interface Subject {
  kind: string
  version?: string
  schema: Schema
}

const FILES = ['city', 'agent']

/** What can be explained, by the first word of a field's path. @throws {UsageError} there is no such thing */
export async function subjectCalled(name: string): Promise<Subject> {
  if (name.toLowerCase() === 'session') {
    const { sessionSchema } = await import('./session-schema.ts')
    return { kind: 'Session', version: 'kubectl-gc.dev/v1alpha1', schema: sessionSchema }
  }
  if (FILES.includes(name)) {
    const [{ z }, { agentSchema, citySchema }] = await Promise.all([import('zod'), import('../city/schema.ts')])
    const [kind, schema] = name === 'city' ? ['city.toml', citySchema] : ['agents/NAME/agent.toml', agentSchema]
    return { kind: kind as string, schema: z.toJSONSchema(schema as typeof citySchema, { io: 'input' }) as Schema }
  }
  const { bundles } = await import('@kubectl-gc/manifests')
  const bundle = Object.hasOwn(bundles, name) ? bundles[name as keyof typeof bundles] : undefined
  if (bundle !== undefined)
    return { kind: `values of the bundle ${name}`, version: bundle.version, schema: bundle.schema }
  const known = ['session', ...FILES, ...Object.keys(bundles)]
  const meant = nearest(name, known)
  throw new UsageError(
    `nothing is called ${JSON.stringify(name)}; there are ${known.join(', ')}`,
    `kubectl gc explain ${meant ?? 'session'}`,
  )
}
