import type { NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyPort, NetworkPolicySpec } from '../../kubernetes.ts'
import type { Release } from '../../release.ts'
import { each, when } from '../../template/combinators.ts'
import type { Template } from '../../template/reference.ts'
import { dispatcherSelector, jobSelector, redisSelector } from './selectors.ts'
import { otlpEndpoint, ownRedis } from './settings.ts'
import type { DispatcherValues } from './values.ts'

type Values = Template<DispatcherValues>

const tcp = (port: number | string): NetworkPolicyPort => ({ port, protocol: 'TCP' })

const dns: NetworkPolicyEgressRule = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchExpressions: [{ key: 'k8s-app', operator: 'In', values: ['kube-dns', 'coredns'] }] },
    },
  ],
  ports: [{ port: 53, protocol: 'UDP' }, tcp(53)],
}

/** Dispatchers take webhooks; Jobs take nothing and do not reach the nodes' metadata; Redis talks to these two only. */
export function networkPolicies(values: Values, release: Release): NetworkPolicy[] {
  const { networkPolicies, metrics } = values
  const redis = { matchLabels: redisSelector(release) }
  const pods = (labels: Record<string, string>) => ({ podSelector: { matchLabels: labels } })
  const { egressPorts, jobsExcept: except } = networkPolicies
  const ports = each(egressPorts, 'port', (port: number) => [tcp(port)])
  const anywhere: NetworkPolicyEgressRule[] = when(egressPorts, [{ ports: [...ports] }])
  const world = [{ ipBlock: { cidr: '0.0.0.0/0', except } }, { ipBlock: { cidr: '::/0' } }]
  const outside: NetworkPolicyEgressRule[] = when(egressPorts, [{ to: world, ports: [...ports] }])
  const toRedis = when(ownRedis(values), [{ to: [{ podSelector: redis }], ports: [tcp('redis')] }])
  const collector = { ...release.selectorLabels, 'app.kubernetes.io/component': 'otel-collector' }
  const toCollector = when(otlpEndpoint(values), [{ to: [pods(collector)], ports: [tcp('otlp-grpc')] }])
  return [
    policy(release, 'dispatcher', {
      podSelector: { matchLabels: dispatcherSelector(release) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { ports: [tcp('http')] },
        {
          from: [{ namespaceSelector: { matchLabels: networkPolicies.metricsNamespaceLabels } }],
          ports: [tcp(metrics.port)],
        },
      ],
      // The API server is nowhere that a range of addresses covers with every network plugin.
      egress: [dns, ...anywhere, ...toRedis, ...toCollector],
    }),
    policy(release, 'job', {
      podSelector: { matchLabels: jobSelector(release) },
      policyTypes: ['Ingress', 'Egress'],
      egress: [dns, ...outside, ...toRedis],
    }),
    ...when(ownRedis(values), [
      policy(release, 'redis', {
        podSelector: redis,
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [pods(dispatcherSelector(release)), pods(jobSelector(release))], ports: [tcp('redis')] }],
      }),
    ]),
  ]
}

function policy({ fullname, namespace, labels }: Release, part: string, spec: NetworkPolicySpec): NetworkPolicy {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name: `${fullname}-${part}`,
      namespace,
      labels: { ...labels, 'app.kubernetes.io/component': part },
    },
    spec,
  }
}
