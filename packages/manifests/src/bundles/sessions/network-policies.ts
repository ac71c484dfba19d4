import type { NetworkPolicy, NetworkPolicyPort } from '../../kubernetes.ts'
import { PART_OF } from '../../objects.ts'
import { each, when } from '../../template/combinators.ts'
import type { Template } from '../../template/reference.ts'
import { MAIL } from './mail.ts'
import type { SessionsValues } from './values.ts'

const AGENT = { app: 'gc-agent' }

const dns: NetworkPolicyPort[] = [
  { port: 53, protocol: 'UDP' },
  { port: 53, protocol: 'TCP' },
]

/** Nobody calls an agent (attaching to one goes by its node), and it calls its namespace and the world outside. */
export function agentNetworkPolicy(
  namespace: string,
  { ports, except }: Template<SessionsValues>['networkPolicies'],
): NetworkPolicy {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'gc-agent', namespace, labels: PART_OF },
    spec: {
      podSelector: { matchLabels: AGENT },
      policyTypes: ['Ingress', 'Egress'],
      egress: [
        { ports: dns },
        { to: [{ podSelector: {} }] },
        // A rule without ports is one for all ports.
        ...when(ports, [
          {
            to: [{ ipBlock: { cidr: '0.0.0.0/0', except } }, { ipBlock: { cidr: '::/0' } }],
            ports: each(ports, 'port', (port) => [{ port }]),
          },
        ]),
      ],
    },
  }
}

/** Lets only pods of the namespace connect to the mail service. */
export function mailNetworkPolicy(namespace: string): NetworkPolicy {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'mcp-mail', namespace, labels: PART_OF },
    spec: {
      podSelector: { matchLabels: MAIL },
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 'http' }] }],
    },
  }
}
