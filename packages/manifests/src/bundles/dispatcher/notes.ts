import type { Release } from '../../release.ts'
import { all, equals, not, when } from '../../template/combinators.ts'
import type { Template } from '../../template/reference.ts'
import { ownRedis } from './settings.ts'
import type { DispatcherValues } from './values.ts'

/** What whoever has installed it does next, and what an uninstall leaves. */
export function notes(values: Template<DispatcherValues>, { fullname, namespace }: Release): string[] {
  const { port, stateBackend, redis, ingress, externalSecret, autoscaling } = values
  const kubectl = `kubectl --namespace ${namespace}`
  return [
    'Wait for it, and ask for its health:',
    '',
    `  ${kubectl} rollout status deployment/${fullname}`,
    `  ${kubectl} port-forward svc/${fullname} 8080:${port}`,
    '  curl http://localhost:8080/health',
    '',
    ...when(ingress.enabled, ['Webhooks arrive by the Ingress:', '', `  ${kubectl} get ingress ${fullname}`]),
    ...when(not(ingress.enabled), [
      `Webhooks arrive at port ${port} of the service ${fullname}; ingress.enabled=true lets them in from outside.`,
    ]),
    ...when(autoscaling.enabled, [
      '',
      'The number of replicas follows the load, which the metrics server measures:',
      '',
      `  ${kubectl} get horizontalpodautoscaler ${fullname}`,
    ]),
    ...when(externalSecret.enabled, [
      '',
      'The pods wait for the Secret that the External Secrets Operator makes:',
      '',
      `  ${kubectl} get externalsecret ${fullname}`,
    ]),
    ...when(all(equals(stateBackend, 'redis'), not(redis.enabled), not(redis.url)), [
      '',
      'There is no queue: set redis.enabled, redis.url to that of another, or stateBackend=kubernetes.',
    ]),
    '',
    'An upgrade keeps what is empty among its values, such as tokens; --set keepValues=false clears what is not given.',
    ...when(ownRedis(values), [
      '',
      'An uninstall leaves one thing, the queue that Redis has written. To remove it too:',
      '',
      `  ${kubectl} delete persistentvolumeclaim data-${fullname}-redis-0`,
    ]),
  ]
}
