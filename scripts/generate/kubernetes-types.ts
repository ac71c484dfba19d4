/**
 * Writes packages/manifests/src/generated/kubernetes.ts from the OpenAPI of the cluster that kubectl points to.
 * Run: `node scripts/generate/kubernetes-types.ts`, against the newest Kubernetes that is supported.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'

const ROOTS = [
  'core.v1.Pod',
  'core.v1.Service',
  'core.v1.ServiceAccount',
  'core.v1.Namespace',
  'core.v1.Node',
  'core.v1.Secret',
  'core.v1.ConfigMap',
  'core.v1.PersistentVolumeClaim',
  'core.v1.Event',
  'core.v1.ResourceQuota',
  'apps.v1.StatefulSet',
  'apps.v1.Deployment',
  'batch.v1.Job',
  'batch.v1.CronJob',
  'rbac.v1.Role',
  'rbac.v1.RoleBinding',
  'rbac.v1.ClusterRole',
  'rbac.v1.ClusterRoleBinding',
  'coordination.v1.Lease',
  'networking.v1.NetworkPolicy',
  'networking.v1.Ingress',
  'policy.v1.PodDisruptionBudget',
  'autoscaling.v2.HorizontalPodAutoscaler',
].map((name) => `io.k8s.api.${name}`)

/** Definitions that JSON carries as something other than what their schema says. */
const SCALARS: Record<string, string> = {
  IntOrString: 'number | string',
  Quantity: 'string',
  Time: 'string',
  MicroTime: 'string',
  FieldsV1: 'Record<string, unknown>',
  RawExtension: 'Record<string, unknown>',
}

interface Schema {
  $ref?: string
  type?: string
  description?: string
  items?: Schema
  additionalProperties?: Schema
  properties?: Record<string, Schema>
  required?: string[]
}

const kubectl = (...args: string[]): string =>
  execFileSync('kubectl', args, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })

const definitions: Record<string, Schema> = JSON.parse(kubectl('get', '--raw', '/openapi/v2')).definitions
const version: string = JSON.parse(kubectl('get', '--raw', '/version')).gitVersion
const wanted = new Map<string, string>()

function shortName(definition: string): string {
  const name = definition.slice(definition.lastIndexOf('.') + 1)
  const taken = wanted.get(name)
  if (taken !== undefined && taken !== definition) throw new Error(`${taken} and ${definition} are both ${name}`)
  return name
}

function want(definition: string): string {
  const name = shortName(definition)
  if (name in SCALARS) return SCALARS[name] as string
  if (!wanted.has(name)) {
    wanted.set(name, definition)
    for (const schema of Object.values(definitionOf(definition).properties ?? {})) typeOf(schema)
  }
  return name
}

function definitionOf(name: string): Schema {
  const schema = definitions[name]
  if (!schema) throw new Error(`This cluster has no ${name}`)
  return schema
}

function typeOf(schema: Schema): string {
  if (schema.$ref) return want(schema.$ref.replace('#/definitions/', ''))
  if (schema.type === 'array') return `${parenthesised(typeOf(schema.items ?? {}))}[]`
  if (schema.additionalProperties) return `Record<string, ${typeOf(schema.additionalProperties)}>`
  if (schema.type === 'integer' || schema.type === 'number') return 'number'
  if (schema.type === 'object') return 'Record<string, unknown>'
  return schema.type ?? 'unknown'
}

const parenthesised = (type: string): string => (type.includes(' | ') ? `(${type})` : type)

function comment(description: string | undefined, indent: string): string {
  const text = (description ?? '').replaceAll('*/', '* /').split('\n', 1)[0] ?? ''
  const sentence = /^.*?(?<!\b(?:e\.g|i\.e|etc))\.(?=\s|$)/.exec(text)?.[0] ?? text
  return sentence.trim() === '' ? '' : `${indent}/** ${sentence.trim()} */\n`
}

function interfaceOf(name: string, definition: string): string {
  const { description, properties = {}, required = [] } = definitionOf(definition)
  const fields = Object.entries(properties).map(([field, schema]) => {
    const key = /^[A-Za-z_]\w*$/.test(field) ? field : `'${field}'`
    return `${comment(schema.description, '  ')}  ${key}${required.includes(field) ? '' : '?'}: ${typeOf(schema)}\n`
  })
  return `${comment(description, '')}export interface ${name} {\n${fields.join('')}}\n`
}

for (const root of ROOTS) want(root)
const interfaces = [...wanted]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, definition]) => interfaceOf(name, definition))
const header = `// From the OpenAPI of Kubernetes ${version} by scripts/generate/kubernetes-types.ts. Do not edit.\n`
const target = new URL('../../packages/manifests/src/generated/kubernetes.ts', import.meta.url)
writeFileSync(target, [header, ...interfaces].join('\n'))
console.log(`${interfaces.length} types of Kubernetes ${version}`)
