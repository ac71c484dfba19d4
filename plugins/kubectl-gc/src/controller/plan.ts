import type { Client, KubernetesObject } from '@kubectl-gc/kube'
import { OwnedByOthersError, type Plan, planInstallation, readRecord, type Wanted } from '@kubectl-gc/kube/apply'
import { CITY_ANNOTATION, CONTROLLER, CONTROLLER_CLAIM, controllerInstallation } from '@kubectl-gc/manifests'
import type { PersistentVolumeClaim } from '@kubectl-gc/manifests/kubernetes'
import type { City } from '../city/read.ts'
import { UsageError } from '../errors/usage.ts'
import type { Carrying } from '../install/run-installation.ts'
import { fieldManager } from '../install/subject.ts'
import type { CityFiles } from './city-files.ts'
import { assertNamespace, assertNoBarePod, existingClaim, withoutOthers } from './others.ts'
import type { ControllerSettings } from './settings.ts'

/** What is deployed, and where. */
export interface Deployment {
  client: Client
  namespace: string
  city: City
  files: CityFiles
  /** Patterns of what stayed behind. */
  exclude: readonly string[]
  settings: ControllerSettings
  flags: Pick<Carrying, 'dry-run' | 'force-conflicts' | 'adopt'>
  signal: AbortSignal
}

/**
 * Finds out what a deployment will change. The account and its rights are those of the bundle `sessions` where it is
 * installed, and a volume that is there is used as it is, and as large.
 * @throws {UsageError} there is no namespace, or another controller, or one of another city
 */
export async function planController(deployment: Deployment): Promise<Plan> {
  const { client, namespace, flags, signal } = deployment
  await assertNamespace(deployment)
  const [record, claim] = await Promise.all([
    readRecord(client, { name: CONTROLLER, namespace }, signal),
    existingClaim(deployment, CONTROLLER_CLAIM),
    assertNoBarePod(deployment, CONTROLLER),
  ])
  assertSameCity(claim, deployment)
  const { settings } = deployment
  const storage = settings.values.storage ?? claim?.spec?.resources?.requests?.storage
  const isLeft = claim !== undefined && record === undefined && settings.values.storage === undefined
  const wanted = wantedOf(deployment, storage)
  const objects = wanted.objects.filter(({ kind }) => !isLeft || kind !== 'PersistentVolumeClaim')
  const options = { fieldManager, signal, force: flags['force-conflicts'], tryOut: flags['dry-run'] !== 'client' }
  try {
    return await planInstallation(client, { ...wanted, objects }, options)
  } catch (error) {
    if (!(error instanceof OwnedByOthersError)) throw error
    const { adopt } = flags
    const left = withoutOthers(objects, error, { namespace, adopt })
    return planInstallation(client, { ...wanted, objects: left }, { ...options, adopt })
  }
}

/** What gc has written on the volume is about one city. @throws {UsageError} it is another */
function assertSameCity(claim: PersistentVolumeClaim | undefined, { city, namespace }: Deployment): void {
  const kept = claim?.metadata?.annotations?.[CITY_ANNOTATION]
  if (kept === undefined || kept === city.name) return
  const message = `the controller in namespace ${namespace} is that of the city "${kept}", not of "${city.name}"`
  const next = `use another namespace, or remove that one and its data: kubectl gc controller stop --delete-data --namespace ${namespace}`
  throw new UsageError(message, next)
}

function wantedOf({ namespace, city, files, exclude, settings }: Deployment, storage: string | undefined): Wanted {
  const { values, env, pullSecrets } = settings
  const { access, objects } = controllerInstallation({
    namespace,
    city: city.name,
    files: files.files,
    values: { ...values, ...(storage === undefined ? {} : { storage }) },
    env,
    pullSecrets,
  })
  return {
    name: CONTROLLER,
    namespace,
    objects: [...access, ...objects] as KubernetesObject[],
    content: { exclude, env, values },
  }
}
