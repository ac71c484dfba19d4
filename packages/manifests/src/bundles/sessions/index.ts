import { defineBundle } from '../../bundle.ts'
import { any, equals, when } from '../../template/combinators.ts'
import { doltBackups } from './backups.ts'
import { controllerObjects } from './controller.ts'
import { doltNetworkPolicy, doltService, doltStatefulSet } from './dolt.ts'
import { eventCleanup } from './event-cleanup.ts'
import { exampleCity } from './example-city.ts'
import { mailDeployment, mailService } from './mail.ts'
import { claudeCredentials, namespace, quota } from './namespace.ts'
import { agentNetworkPolicy, mailNetworkPolicy } from './network-policies.ts'
import { notes } from './notes.ts'
import { rbac } from './rbac.ts'
import { sessionsValues } from './values.ts'

/** All that sessions need in a cluster: namespace, Dolt, and the accounts `gc-agent` and `gc-controller`. */
export const sessionsBundle = defineBundle({
  name: 'sessions',
  description: 'What agent sessions need in a cluster: Dolt, permissions, and what a city wants besides',
  version: '0.1.0',
  defaultNamespace: 'gc',
  values: sessionsValues,
  namespace: ({ podSecurity }, release) => namespace(release.namespace, podSecurity),
  files({ dolt, backups, controller, mail, networkPolicies, ...values }, { namespace }) {
    const doltIsClosed = any(networkPolicies.enabled, equals(dolt.clients, 'namespace'))
    return {
      'quota.yaml': when(values.quota.enabled, [quota(namespace, values.quota.hard)]),
      'claude-credentials.yaml': when(values.claudeCredentials, [
        claudeCredentials(namespace, values.claudeCredentials),
      ]),
      'dolt-backups.yaml': when(backups.enabled, doltBackups(namespace, dolt.image, backups)),
      'dolt-statefulset.yaml': doltStatefulSet(namespace, dolt, backups.enabled),
      'dolt-service.yaml': [doltService(namespace), ...when(doltIsClosed, [doltNetworkPolicy(namespace)])],
      'rbac.yaml': rbac(namespace),
      'mcp-mail-deployment.yaml': when(mail.enabled, mailDeployment(namespace, mail)),
      'mcp-mail-service.yaml': when(mail.enabled, [
        mailService(namespace),
        ...when(networkPolicies.enabled, [mailNetworkPolicy(namespace)]),
      ]),
      'controller.yaml': when(controller.enabled, controllerObjects(namespace, controller)),
      'event-cleanup-cronjob.yaml': when(values.eventCleanup.enabled, [eventCleanup(namespace, values.eventCleanup)]),
      'agent-networkpolicy.yaml': when(networkPolicies.enabled, [agentNetworkPolicy(namespace, networkPolicies)]),
    }
  },
  notes,
  extras: { 'example-city.toml': exampleCity },
})
