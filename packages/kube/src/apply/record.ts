import type { Client } from '../client.ts'
import { isApiError, KubeError } from '../errors.ts'
import { type KubernetesObject, resource } from '../objects.ts'
import { ADDITIONAL_NAMESPACES, applySetId, GROUP_KINDS, ID, listed, TOOLING } from './applyset.ts'
import { InstallationBusyError } from './errors.ts'

/** One installation: there is at most one of a name in a namespace. */
export interface Installation {
  name: string
  namespace: string
}

/** `installing` until it was ready for the first time; `upgrading` while it is changed after that. */
export type State = 'installing' | 'installed' | 'upgrading'

/** What an installation has written down about itself, in the Secret that is the parent of its ApplySet. */
export interface InstallationRecord {
  state: State
  /** What the caller keeps there, as JSON: what the installed objects were made from. */
  content: unknown
  /** Keys of objects that were there before it: a first installation that fails leaves them. */
  inherited: string[]
  /** Kinds that its members are of, and the namespaces besides its own that they are in. */
  groupKinds: string[]
  namespaces: string[]
}

/** A record that was read, with what tells whether somebody else has written it since. */
export interface StoredRecord extends InstallationRecord {
  uid: string
  resourceVersion: string
}

interface Secret extends KubernetesObject {
  type?: string
  data?: Record<string, string>
}

const secrets = resource<Secret>('', 'v1', 'secrets')
const prefix = 'kubectl-gc.'
const type = 'kubectl-gc.dev/installation'
const tooling = 'kubectl-gc/v1'
const parts = ['state', 'content', 'inherited'] as const

/** The name of the Secret that holds an installation's record. */
export function recordName(installation: string): string {
  return `${prefix}${installation}`
}

/** The id that an installation's members carry. */
export function installationId({ name, namespace }: Installation): string {
  return applySetId({ name: recordName(name), namespace })
}

/** The installation whose record an object is; undefined when it is none. */
export function installationOf({ metadata }: KubernetesObject): string | undefined {
  const isOurs = metadata?.annotations?.[TOOLING]?.startsWith('kubectl-gc/') === true
  return isOurs && metadata?.name?.startsWith(prefix) === true ? metadata.name.slice(prefix.length) : undefined
}

/**
 * The record of an installation; undefined when there is none.
 * @throws {KubeError} another program uses the Secret, or its text cannot be read
 */
export async function readRecord(
  client: Client,
  { name, namespace }: Installation,
  signal: AbortSignal,
): Promise<StoredRecord | undefined> {
  try {
    return parsed(await client.get(secrets, { name: recordName(name), namespace }, { signal }))
  } catch (error) {
    if (isApiError(error, 'NotFound')) return undefined
    throw error
  }
}

function parsed(secret: Secret): StoredRecord {
  const { name, namespace, uid = '', resourceVersion = '' } = secret.metadata ?? {}
  const text = (key: string) => Buffer.from(secret.data?.[key] ?? '', 'base64').toString()
  try {
    if (installationOf(secret) === undefined) throw new Error('another program made it')
    const [state, content, inherited] = parts.map((part) => JSON.parse(text(part)))
    const members = { groupKinds: listed(secret, GROUP_KINDS), namespaces: listed(secret, ADDITIONAL_NAMESPACES) }
    return { state, content, inherited, ...members, uid, resourceVersion }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new KubeError(`secret/${name} in namespace ${namespace} is no record of an installation: ${why}`, {
      cause,
      suggestion: `look at it: kubectl get secret ${name} --namespace ${namespace} --output yaml`,
    })
  }
}

function body({ state, content, inherited, groupKinds, namespaces }: InstallationRecord) {
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value) ?? 'null').toString('base64')
  return {
    annotations: { [GROUP_KINDS]: groupKinds.join(','), [ADDITIONAL_NAMESPACES]: namespaces.join(',') },
    data: { state: encoded(state), content: encoded(content), inherited: encoded(inherited) },
  }
}

/**
 * Writes a record, unless somebody else has since `before` was read.
 * @throws {InstallationBusyError} somebody has
 */
export async function writeRecord(
  client: Client,
  installation: Installation,
  record: InstallationRecord,
  before: StoredRecord | undefined,
  signal: AbortSignal,
): Promise<StoredRecord> {
  const name = { name: recordName(installation.name), namespace: installation.namespace }
  const { annotations, data } = body(record)
  try {
    if (before !== undefined) {
      const metadata = { uid: before.uid, resourceVersion: before.resourceVersion, annotations }
      return parsed(await client.patch(secrets, name, { metadata, data }, { signal }))
    }
    const ours = { 'app.kubernetes.io/part-of': 'kubectl-gc', 'app.kubernetes.io/managed-by': 'kubectl-gc' }
    const labels = { [ID]: installationId(installation), ...ours }
    const metadata = { ...name, labels, annotations: { [TOOLING]: tooling, ...annotations } }
    return parsed(await client.create(secrets, { apiVersion: 'v1', kind: 'Secret', type, metadata, data }, { signal }))
  } catch (error) {
    if (isApiError(error) && (error.code === 409 || error.code === 404)) {
      if (error.code === 409 || before !== undefined) throw new InstallationBusyError(installation, error)
    }
    throw error
  }
}

/** Removes the record, which is what an installation ends with. */
export function deleteRecord(client: Client, installation: Installation, record: StoredRecord, signal: AbortSignal) {
  const name = { name: recordName(installation.name), namespace: installation.namespace }
  return client.delete(secrets, name, { uid: record.uid, signal })
}
