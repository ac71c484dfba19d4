import { defineBundle } from '../../bundle.ts'
import { serviceAccount } from '../../parts/access.ts'
import { choose, equals, not, when } from '../../template/combinators.ts'
import { operatorDeployment } from './deployment.ts'
import { metricsObjects } from './metrics.ts'
import { rbac } from './rbac.ts'
import { operatorValues } from './values.ts'

/** The operator of seed 1: custom resources as views of the gt CLI. */
export const operatorBundle = defineBundle({
  name: 'operator',
  description: 'The Gas Town operator: rigs, polecats and convoys as views of the gt CLI',
  version: '0.1.0',
  defaultNamespace: 'gastown-system',
  values: operatorValues,
  files: (values, release) => {
    const { serviceAccount: given } = values
    const account = choose(given.name, given.name, choose(given.create, release.fullname, 'default'))
    const { namespace, labels } = release
    return {
      'serviceaccount.yaml': when(given.create, [
        serviceAccount({ name: account, namespace, labels, annotations: given.annotations }),
      ]),
      'rbac.yaml': when(values.rbac.create, rbac(values, release, account)),
      'metrics.yaml': metricsObjects(values, release),
      'deployment.yaml': operatorDeployment(values, release, account),
    }
  },
  notes: ({ volumes, executionMode, gtConfig }, { fullname, namespace }) => [
    'The operator takes over when it has its Lease:',
    '',
    `  kubectl --namespace ${namespace} rollout status deployment/${fullname}`,
    `  kubectl --namespace ${namespace} logs deployment/${fullname}`,
    ...when(volumes.enabled, [
      '',
      `The town ${volumes.hostPath} of the node is mounted at ${gtConfig.townRoot}. Only a namespace that enforces the Pod`,
      'Security Standard privileged takes such pods:',
      '',
      `  kubectl label namespace ${namespace} pod-security.kubernetes.io/enforce=privileged --overwrite`,
    ]),
    ...when(not(volumes.enabled), [
      ...when(equals(executionMode, 'local'), [
        '',
        `No town is mounted at ${gtConfig.townRoot}: rigs will be Degraded until volumes.enabled is true, or polecats run as`,
        'pods with executionMode: kubernetes.',
      ]),
    ]),
  ],
})
