import type { NetworkPolicy, Service } from '../../kubernetes.ts'
import type { KubernetesObject } from '../../objects.ts'
import { serviceMonitor } from '../../parts/service-monitor.ts'
import type { Release } from '../../release.ts'
import { when } from '../../template/combinators.ts'
import type { Template } from '../../template/reference.ts'
import type { OperatorValues } from './values.ts'

const COMPONENT = { 'app.kubernetes.io/component': 'metrics' }

/** How metrics are asked for, and by whom: nothing else of the operator takes connections but the node's probes. */
export function metricsObjects({ metrics }: Template<OperatorValues>, release: Release): KubernetesObject[] {
  const { fullname, namespace, selectorLabels } = release
  const labels = { ...release.labels, ...COMPONENT }
  const metadata = { name: `${fullname}-metrics`, namespace, labels }
  const service: Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      type: 'ClusterIP',
      selector: selectorLabels,
      ports: [{ name: 'metrics', port: metrics.port, targetPort: 'metrics' }],
    },
  }
  const policy: NetworkPolicy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: { matchLabels: selectorLabels },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: metrics.namespaceLabels } }],
          ports: [{ port: 'metrics', protocol: 'TCP' }],
        },
      ],
    },
  }
  return when(metrics.enabled, [
    service,
    policy,
    ...when(metrics.serviceMonitor.enabled, [serviceMonitor(metadata, { ...selectorLabels, ...COMPONENT })]),
  ])
}
