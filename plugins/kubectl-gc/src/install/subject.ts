import type { KubernetesObject } from '@kubectl-gc/kube'
import type { InstallationRecord, Wanted } from '@kubectl-gc/kube/apply'
import type { Bundle } from '@kubectl-gc/manifests'
import { z } from 'zod'
import { namespaceExists } from '../cluster/namespace.ts'
import { namespaceOf } from '../cluster/open-cluster.ts'
import { UsageError } from '../errors/usage.ts'
import type { GlobalFlagValues } from '../flags/target.ts'
import { chosen } from '../render/chosen.ts'
import { type GivenValues, valuesOf } from '../render/values.ts'
import { orSayWhichValue } from '../render/values-refused.ts'
import type { Cluster, Runtime } from '../runtime.ts'
import { type Shortcuts, valuesOfShortcuts } from './shortcuts.ts'

export const fieldManager = 'kubectl-gc'

/** What an installation's record says that it was made from. */
const contentSchema = z.object({
  bundle: z.string(),
  version: z.string(),
  values: z.record(z.string(), z.unknown()),
})

/** One installation of a bundle, and what is recorded about it. */
export interface Subject {
  bundle: Bundle
  namespace: string
  record: InstallationRecord | undefined
  /** The values that it was given last; undefined where nothing is recorded. */
  values: object | undefined
}

/** What a person calls it. */
export function titleOf({ bundle, namespace }: Subject): string {
  return `${bundle.name} in namespace ${namespace}`
}

/** The bundle of this name and its installation in the namespace that the flags say, else in the bundle's own. */
export async function findSubject(name: string, flags: GlobalFlagValues, cluster: Cluster, runtime: Runtime) {
  const { bundles } = await import('@kubectl-gc/manifests')
  const { readRecord } = await import('@kubectl-gc/kube/apply')
  const bundle = chosen('bundle', bundles, name)
  const namespace = namespaceOf(flags, runtime.env, cluster.client.namespace, bundle.defaultNamespace)
  checkNamespace(namespace)
  const record = await readRecord(cluster.client, { name: bundle.name, namespace }, runtime.signal)
  const values = record === undefined ? undefined : valuesIn(record, { bundle, namespace })
  return { bundle, namespace, record, values } satisfies Subject
}

function checkNamespace(name: string): void {
  if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) return
  const expected = 'a DNS label: at most 63 lower case letters, digits and inner hyphens'
  throw new UsageError(`namespace: ${JSON.stringify(name)} is not ${expected}`)
}

function valuesIn(record: InstallationRecord, { bundle, namespace }: Pick<Subject, 'bundle' | 'namespace'>): object {
  const { data, error } = contentSchema.safeParse(record.content)
  if (data?.bundle === bundle.name) return data.values
  const why = error === undefined ? `it is of the bundle ${data.bundle}` : z.prettifyError(error)
  throw new UsageError(
    `the record of ${bundle.name} in namespace ${namespace} cannot be used: ${why}`,
    undefined,
    error,
  )
}

/**
 * What is to be installed: the objects that the values come to, and a namespace where there is none.
 * @param below values that go after what the command line gives
 * @throws {UsageError} a value that the bundle refuses, or a file that cannot be read
 */
export async function wantedOf(
  { bundle, namespace }: Subject,
  given: GivenValues & Shortcuts,
  below: object,
  { client }: Cluster,
  runtime: Runtime,
): Promise<Wanted> {
  const { isValuesError, mergeValues, objectsOf } = await import('@kubectl-gc/manifests')
  const render = async () => {
    const shortcuts = await valuesOfShortcuts(bundle, given)
    const values = mergeValues(await valuesOf(bundle, given, runtime, below), shortcuts) as object
    return { values, objects: objectsOf(bundle, values, { namespace }) as KubernetesObject[] }
  }
  const whereKept: Parameters<typeof orSayWhichValue>[2] = (problems) => {
    try {
      objectsOf(bundle, below, { namespace })
    } catch (error) {
      const alone = isValuesError(error) ? error.problems : []
      const isKept = problems.some(({ path, message }) =>
        alone.some((one) => one.path === path && one.message === message),
      )
      const upgrade = `kubectl gc upgrade ${bundle.name} --namespace ${namespace} --reset-values`
      if (isKept) return `these are values of before: give others, or leave them all: ${upgrade}`
    }
    return undefined
  }
  const { values, objects } = await orSayWhichValue(bundle.name, render, whereKept)
  const isComplete =
    objects.some(({ kind }) => kind === 'Namespace') || (await namespaceExists(client, namespace, runtime.signal))
  const all = isComplete ? objects : [plainNamespace(namespace), ...objects]
  return {
    name: bundle.name,
    namespace,
    objects: all,
    content: { bundle: bundle.name, version: bundle.version, values },
  }
}

/** The label makes it known as ours: who applies no field has no part in an object. */
function plainNamespace(name: string): KubernetesObject {
  const labels = { 'app.kubernetes.io/part-of': 'kubectl-gc' }
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }
}

/** What an installation is made of as far as can be told: by its recorded values, else with its defaults. */
export async function knownObjects({ bundle, namespace, values }: Subject): Promise<KubernetesObject[]> {
  const { isValuesError, objectsOf } = await import('@kubectl-gc/manifests')
  const own = [plainNamespace(namespace)]
  for (const input of [values, bundle.example]) {
    try {
      const objects = objectsOf(bundle, input, { namespace })
      return objects.some(({ kind }) => kind === 'Namespace') ? objects : [...own, ...objects]
    } catch (error) {
      if (!isValuesError(error)) throw error
    }
  }
  return own
}
