import { literal } from '../../escape.ts'
import type { KubernetesObject } from '../../objects.ts'
import { controllerObjects } from './controller.ts'
import { type CityFile, cityOfFolder } from './controller-city.ts'
import { controllerAccess } from './rbac.ts'
import { type SessionsInput, sessionsValues } from './values.ts'

/** Which annotation names the city, on the Deployment that runs it and on the claim that keeps it. */
export const CITY_ANNOTATION = 'kubectl-gc.dev/city'

interface Input {
  namespace: string
  /** The name of the city. */
  city: string
  files: readonly CityFile[]
  /** How it runs, as the bundle's `controller` has it. */
  values: Omit<NonNullable<SessionsInput['controller']>, 'enabled' | 'city'>
  /** More environment, as it stands. */
  env: Record<string, string>
  /** Secrets with the credentials of registries. */
  pullSecrets?: readonly string[]
}

/** What the controller needs, in the order of application; `access` may be there already. */
export interface ControllerInstallation {
  /** The account `gc-controller`, and what it may do. */
  access: KubernetesObject[]
  objects: KubernetesObject[]
}

/** gc in the cluster with the whole folder of a city, where the bundle `sessions` gives it a `city.toml` alone. */
export function controllerInstallation(input: Input): ControllerInstallation {
  const { namespace, city, files, values, env, pullSecrets } = input
  const { controller } = sessionsValues.parse({ controller: values })
  const more = Object.entries(env).map(([name, value]) => ({ name, value: literal(value) }))
  // No value of these is a reference: all are known.
  const known = controller as Parameters<typeof controllerObjects>[1]
  const objects = controllerObjects(namespace, known, cityOfFolder(files), { env: more, pullSecrets }).map((object) => {
    if (object.kind === 'ConfigMap') return object
    const annotations = { ...object.metadata?.annotations, [CITY_ANNOTATION]: city }
    return { ...object, metadata: { ...object.metadata, annotations } }
  })
  return { access: controllerAccess(namespace), objects }
}
