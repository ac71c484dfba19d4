import { z } from 'zod'
import type { ConfigMap, EnvVar, LabelSelector, ObjectMeta, PodTemplateSpec, Service } from '../kubernetes.ts'
import type { KubernetesObject } from '../objects.ts'
import { containerSecurityContext, podSecurityContext, UNRESTRICTED_ANNOTATION } from '../profiles/security.ts'
import { podTemplate } from '../profiles/workload.ts'
import type { Release } from '../release.ts'
import { checksum, choose, when } from '../template/combinators.ts'
import type { Template } from '../template/reference.ts'
import { grantInCluster, grantInNamespace, serviceAccount } from './access.ts'
import { HOST_LOGS, NODE_METRICS, RECEIVED } from './collector-config.ts'
import { imageName, requirements } from './values.ts'

interface DaemonSet {
  apiVersion: 'apps/v1'
  kind: 'DaemonSet'
  metadata: ObjectMeta
  spec: { selector: LabelSelector; template: PodTemplateSpec }
}

/** Values of an OpenTelemetry collector on every node. */
export const collectorValues = z
  .strictObject({
    image: z
      .strictObject(imageName({ repository: 'otel/opentelemetry-collector-contrib', tag: '0.115.0' }))
      .prefault({})
      .describe('A contrib build.'),
    resources: requirements({
      limits: { cpu: '200m', memory: '256Mi' },
      requests: { cpu: '50m', memory: '128Mi' },
    }).describe('Of a collector.'),
    nodeMetrics: z
      .boolean()
      .default(false)
      .describe("Reads the kubelet's figures of all pods of the node. Needs a ClusterRole on nodes/stats."),
    hostLogs: z
      .boolean()
      .default(false)
      .describe(
        'Reads the logs of all pods of the node, as root, from a hostPath: only a privileged namespace takes it.',
      ),
  })
  .prefault({})

type Values = Template<z.output<typeof collectorValues>>

const HOST_PATH = 'the logs of the node are files that root reads'
const GRPC = 4317

interface Collector {
  release: Release
  values: Values
  /** Where it hands everything on: an http or https URL. */
  endpoint: EnvVar
  /** Something that changes with the endpoint. */
  endpointValue: string
}

/** A collector on every node: what applications send goes on with the attributes of their pods. */
export function collector({ release, values, endpoint, endpointValue }: Collector): KubernetesObject[] {
  const { namespace, fullname } = release
  const name = `${fullname}-otel-collector`
  const component = { 'app.kubernetes.io/component': 'otel-collector' }
  const selector = { ...release.selectorLabels, ...component }
  const metadata = { name, namespace, labels: { ...release.labels, ...component } }
  const to = { name, namespace }
  return [
    serviceAccount(metadata),
    ...grantInNamespace({
      metadata,
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
      to,
    }),
    ...when(values.nodeMetrics, [
      ...grantInCluster({
        metadata: { name: `${namespace}:${name}`, labels: metadata.labels },
        rules: [{ apiGroups: [''], resources: ['nodes/stats'], verbs: ['get'] }],
        to,
      }),
    ]),
    configuration(metadata),
    service(metadata, selector),
    daemonSet(metadata, selector, { release, values, endpoint, endpointValue }),
  ]
}

function configuration(metadata: ObjectMeta): ConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
    data: { 'received.yaml': RECEIVED, 'node-metrics.yaml': NODE_METRICS, 'host-logs.yaml': HOST_LOGS },
  }
}

function service(metadata: ObjectMeta, selector: Record<string, string>): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      type: 'ClusterIP',
      selector,
      ports: [{ name: 'otlp-grpc', port: GRPC, targetPort: 'otlp-grpc', protocol: 'TCP' }],
    },
  }
}

function daemonSet(
  metadata: ObjectMeta,
  selector: Record<string, string>,
  { release, values, endpoint, endpointValue }: Collector,
): DaemonSet {
  const { image, resources, nodeMetrics, hostLogs } = values
  const field = (name: string, fieldPath: string): EnvVar => ({ name, valueFrom: { fieldRef: { fieldPath } } })
  const template = podTemplate({
    name: metadata.name ?? '',
    namespace: release.namespace,
    selector,
    podAnnotations: {
      'checksum/endpoint': checksum(endpointValue),
      ...when(hostLogs, { [UNRESTRICTED_ANNOTATION]: HOST_PATH }),
    },
    serviceAccountName: metadata.name ?? '',
    containers: [
      {
        name: 'collector',
        image: `${image.repository}:${image.tag}`,
        args: [
          '--config=/etc/otelcol/received.yaml',
          ...when(nodeMetrics, ['--config=/etc/otelcol/node-metrics.yaml']),
          ...when(hostLogs, ['--config=/etc/otelcol/host-logs.yaml']),
        ],
        env: [endpoint, field('NODE_NAME', 'spec.nodeName'), field('POD_NAMESPACE', 'metadata.namespace')],
        ports: [{ name: 'otlp-grpc', containerPort: GRPC, protocol: 'TCP' }],
        resources: { limits: resources.limits, requests: resources.requests },
        securityContext: containerSecurityContext({}),
        volumeMounts: [
          { name: 'config', mountPath: '/etc/otelcol', readOnly: true },
          ...when(hostLogs, [{ name: 'pod-logs', mountPath: '/var/log/pods', readOnly: true }]),
        ],
      },
    ],
    pod: {
      securityContext: {
        ...podSecurityContext({}),
        runAsNonRoot: choose(hostLogs, false, true),
        runAsUser: choose(hostLogs, 0, 10_001),
        runAsGroup: choose(hostLogs, 0, 10_001),
        fsGroup: choose(hostLogs, 0, 10_001),
      },
      volumes: [
        { name: 'config', configMap: { name: metadata.name ?? '' } },
        ...when(hostLogs, [{ name: 'pod-logs', hostPath: { path: '/var/log/pods', type: 'Directory' } }]),
      ],
    },
  })
  return { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata, spec: { selector: { matchLabels: selector }, template } }
}
