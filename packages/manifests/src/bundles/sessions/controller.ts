import type { ConfigMap, Deployment, EnvVar, PersistentVolumeClaim } from '../../kubernetes.ts'
import { PART_OF } from '../../objects.ts'
import { singletonWriter } from '../../profiles/singleton-writer.ts'
import { checksum } from '../../template/combinators.ts'
import type { Template } from '../../template/reference.ts'
import { claim } from './claim.ts'
import { CONTROLLER } from './rbac.ts'
import type { SessionsValues } from './values.ts'

type Controller = Template<SessionsValues>['controller']

const CITY = '/city'
const CLAIM = 'gc-controller-data'
const CONFIG = 'gc-city'
const selector = { app: CONTROLLER }
const labels = { ...selector, ...PART_OF }

/** What makes a folder a city is gc's to say; made once, on the volume. */
const script = `set -eu
cp /config/city.toml ${CITY}/city.toml
if [ ! -e ${CITY}/.gc-init-done ]; then gc init ${CITY} && touch ${CITY}/.gc-init-done; fi
exec gc start --foreground ${CITY}
`

/** gc in the cluster, under the account that may run sessions: one process, because two would run every agent twice. */
export function controllerObjects(
  namespace: string,
  controller: Controller,
): (ConfigMap | PersistentVolumeClaim | Deployment)[] {
  const { city, image, requests, limits } = controller
  const config: ConfigMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: CONFIG, namespace, labels },
    data: { 'city.toml': city },
  }
  const deployment = singletonWriter({
    name: CONTROLLER,
    namespace,
    selector,
    labels,
    podLabels: PART_OF,
    podAnnotations: { 'checksum/city': checksum(city) },
    serviceAccountName: CONTROLLER,
    claim: { claimName: CLAIM, volume: 'city' },
    containers: [
      {
        name: 'gc',
        image,
        imagePullPolicy: 'IfNotPresent',
        command: ['sh', '-c', script],
        workingDir: CITY,
        env: environment(controller),
        resources: { requests, limits },
        volumeMounts: [
          { name: 'city', mountPath: CITY },
          { name: 'config', mountPath: '/config', readOnly: true },
          { name: 'tmp', mountPath: '/tmp' },
        ],
      },
    ],
    pod: {
      volumes: [
        { name: 'config', configMap: { name: CONFIG } },
        { name: 'tmp', emptyDir: {} },
      ],
    },
  })
  return [config, claim(namespace, CLAIM, controller), deployment]
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
