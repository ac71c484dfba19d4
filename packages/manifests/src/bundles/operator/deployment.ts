import type { Container, Deployment, EnvVar } from '../../kubernetes.ts'
import { UNRESTRICTED_ANNOTATION } from '../../profiles/security.ts'
import { stateless } from '../../profiles/stateless.ts'
import type { Release } from '../../release.ts'
import { choose, when } from '../../template/combinators.ts'
import type { Template } from '../../template/reference.ts'
import type { OperatorValues } from './values.ts'

type Values = Template<OperatorValues>

const HOST_PATH = 'the town is a folder of the node'

/** The operator. Its pods are restricted in all but the volume that `volumes.enabled` mounts from the node. */
export function operatorDeployment(values: Values, release: Release, account: string): Deployment {
  const { volumes, gtConfig } = values
  const { deployment } = stateless({
    name: release.fullname,
    namespace: release.namespace,
    selector: release.selectorLabels,
    labels: release.labels,
    podLabels: values.podLabels,
    podAnnotations: {
      ...when(volumes.enabled, { [UNRESTRICTED_ANNOTATION]: HOST_PATH }),
      ...values.podAnnotations,
    },
    replicas: values.replicaCount,
    security: { user: values.runAsUser },
    serviceAccountName: account,
    containers: [container(values)],
    pod: {
      terminationGracePeriodSeconds: 10,
      nodeSelector: values.nodeSelector,
      volumes: [
        { name: 'tmp', emptyDir: {} },
        ...when(volumes.enabled, [{ name: 'town', hostPath: { path: volumes.hostPath, type: 'Directory' } }]),
      ],
    },
  })
  return deployment

  function container({ image, metrics, probes, leaderElection, resources }: Values): Container {
    return {
      name: 'manager',
      image: `${image.repository}:${image.tag}`,
      imagePullPolicy: image.pullPolicy,
      args: [
        choose(metrics.enabled, `--metrics-bind-address=:${metrics.port}`, '--metrics-bind-address=0'),
        `--health-probe-bind-address=:${probes.healthPort}`,
        ...when(leaderElection.enabled, ['--leader-elect']),
      ],
      env: environment(values),
      ports: [
        { name: 'health', containerPort: probes.healthPort },
        ...when(metrics.enabled, [{ name: 'metrics', containerPort: metrics.port }]),
      ],
      livenessProbe: { httpGet: { path: '/healthz', port: 'health' }, initialDelaySeconds: 15, periodSeconds: 20 },
      readinessProbe: { httpGet: { path: '/readyz', port: 'health' }, initialDelaySeconds: 5, periodSeconds: 10 },
      resources: { limits: resources.limits, requests: resources.requests },
      volumeMounts: [
        { name: 'tmp', mountPath: '/tmp' },
        ...when(volumes.enabled, [{ name: 'town', mountPath: gtConfig.townRoot }]),
      ],
    }
  }
}

function environment({ gtConfig, executionMode }: Values): EnvVar[] {
  return [
    { name: 'GT_TOWN_ROOT', value: gtConfig.townRoot },
    { name: 'GT_PATH', value: gtConfig.gtBinary },
    { name: 'GASTOWN_EXECUTION_MODE', value: executionMode },
    { name: 'GASTOWN_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    { name: 'HOME', value: '/tmp' },
  ]
}
