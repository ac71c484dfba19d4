import type { KubernetesObject } from '@kubectl-gc/kube'
import { readRecord, uninstall } from '@kubectl-gc/kube/apply'
import { CONTROLLER, controllerInstallation } from '@kubectl-gc/manifests'
import { UsageError } from '../errors/usage.ts'
import { fieldManager } from '../install/subject.ts'
import { assertNoBarePod, type Place } from './others.ts'

interface Options {
  deleteData: boolean
  onProgress: (step: string) => void
  onDeleted: (object: KubernetesObject) => Promise<void>
}

/**
 * Removes what a deployment of the controller made; that there is none is no failure.
 * @returns what stays because it holds data
 * @throws {UsageError} the controller is somebody else's
 */
export async function stopController(place: Place, options: Options): Promise<{ kept: KubernetesObject[] }> {
  const { client, namespace, signal } = place
  const kept: KubernetesObject[] = []
  let theirs: string | undefined
  await assertNoBarePod(place, CONTROLLER)
  await uninstall(
    client,
    { name: CONTROLLER, namespace },
    {
      ...{ fieldManager, objects: await objectsOf(place), signal, ...options },
      onKept: (object, why) => {
        if (why === 'data') kept.push(object)
        else if (object.kind === 'Deployment') theirs = why
      },
    },
  )
  if (theirs === undefined) return { kept }
  const next = theirs.includes('the installation sessions')
    ? `kubectl gc upgrade sessions --set controller.enabled=false --namespace ${namespace}`
    : `kubectl get deployment ${CONTROLLER} --output yaml --namespace ${namespace}`
  throw new UsageError(`the controller in namespace ${namespace} is not stopped: ${theirs}`, next)
}

/** What may belong to it, so that gc ends before it loses the rights with which it ends. */
async function objectsOf({ client, namespace, signal }: Place): Promise<KubernetesObject[]> {
  const record = await readRecord(client, { name: CONTROLLER, namespace }, signal)
  const { access, objects } = controllerInstallation({ namespace, city: '', files: [], values: {}, env: {} })
  const own = record?.groupKinds.includes('ServiceAccount') ? access : []
  return [...own, ...objects.filter(({ kind }) => kind === 'Deployment')] as KubernetesObject[]
}
