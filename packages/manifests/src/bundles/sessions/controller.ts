import type { ConfigMap, Deployment, EnvVar, PersistentVolumeClaim } from '../../kubernetes.ts'
import { PART_OF } from '../../objects.ts'
import { singletonWriter } from '../../profiles/singleton-writer.ts'
import type { Template } from '../../template/reference.ts'
import { claim } from './claim.ts'
import { CITY, CONFIG, type ControllerCity, cityOfText } from './controller-city.ts'
import { CONTROLLER } from './rbac.ts'
import type { SessionsValues } from './values.ts'

type Controller = Template<SessionsValues>['controller']

/** The claim of the controller's volume. */
export const CONTROLLER_CLAIM = 'gc-controller-data'

/** The container that runs gc. */
export const CONTROLLER_CONTAINER = 'gc'

/** Seconds that gc must run before it counts as running: one that is not in the image, or refuses its city, ends sooner. */
const STEADY = 3

const selector = { app: CONTROLLER }
const labels = { ...selector, ...PART_OF }

/** What a controller may have besides. */
interface Besides {
  /** More environment, which goes before its own. */
  env?: readonly EnvVar[]
  /** Secrets with the credentials of registries. */
  pullSecrets?: readonly string[] | undefined
}

/** gc in the cluster, under the account that may run sessions: one process, because two would run every agent twice. */
export function controllerObjects(
  namespace: string,
  controller: Controller,
  city: ControllerCity = cityOfText(controller.city),
  { env = [], pullSecrets = [] }: Besides = {},
): (ConfigMap | PersistentVolumeClaim | Deployment)[] {
  const { image, requests, limits } = controller
  const { name: configName, ...content } = city.configMap
  const metadata = { name: configName, namespace, labels }
  const config: ConfigMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata, ...content }
  const deployment = singletonWriter({
    name: CONTROLLER,
    namespace,
    selector,
    labels,
    podLabels: PART_OF,
    ...(city.podAnnotations === undefined ? {} : { podAnnotations: city.podAnnotations }),
    serviceAccountName: CONTROLLER,
    claim: { claimName: CONTROLLER_CLAIM, volume: 'city' },
    containers: [
      {
        name: CONTROLLER_CONTAINER,
        image,
        imagePullPolicy: 'IfNotPresent',
        command: ['sh', '-c', city.script],
        workingDir: CITY,
        env: merged(environment(controller), env),
        resources: { requests, limits },
        volumeMounts: [
          { name: 'city', mountPath: CITY },
          { name: 'config', mountPath: CONFIG, readOnly: true },
          { name: 'tmp', mountPath: '/tmp' },
        ],
      },
    ],
    pod: {
      ...(pullSecrets.length === 0 ? {} : { imagePullSecrets: pullSecrets.map((name) => ({ name })) }),
      volumes: [
        {
          name: 'config',
          configMap: { name: configName, ...(city.items === undefined ? {} : { items: city.items }) },
        },
        { name: 'tmp', emptyDir: {} },
      ],
    },
  })
  const spec = { ...deployment.spec, minReadySeconds: STEADY } as Deployment['spec']
  return [config, claim(namespace, CONTROLLER_CLAIM, controller), { ...deployment, spec }]
}

function environment({ agentImage }: Controller): EnvVar[] {
  return [
    { name: 'HOME', value: '/tmp' },
    { name: 'GC_K8S_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    { name: 'GC_K8S_IMAGE', value: agentImage },
    { name: 'GC_DOLT_HOST', value: 'dolt.$(GC_K8S_NAMESPACE).svc.cluster.local' },
    { name: 'GC_DOLT_PORT', value: '3307' },
  ]
}

function merged(own: readonly EnvVar[], others: readonly EnvVar[]): EnvVar[] {
  const taken = new Set(others.map(({ name }) => name))
  return [...own.filter(({ name }) => !taken.has(name)), ...others]
}
