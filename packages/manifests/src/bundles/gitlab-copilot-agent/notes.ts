import type { Release } from '../../release.ts'
import { all, equals, not, when } from '../../template/combinators.ts'
import type { Template } from '../../template/reference.ts'
import { hasModel } from './settings.ts'
import type { GitlabCopilotAgentValues } from './values.ts'

/** What whoever has installed it does next, and what an uninstall leaves. */
export function notes(values: Template<GitlabCopilotAgentValues>, { fullname, namespace }: Release): string[] {
  const { controller, redis, externalSecret } = values
  const data = `data-${fullname}-redis-0`
  const kubectl = `kubectl --namespace ${namespace}`
  return [
    'Wait for it, and ask for its health:',
    '',
    `  ${kubectl} rollout status deployment/${fullname}`,
    `  ${kubectl} port-forward svc/${fullname} 8080:${controller.port}`,
    '  curl http://localhost:8080/health',
    '',
    `GitLab sends its webhooks to port ${controller.port} of the service ${fullname}, path /webhook.`,
    ...when(externalSecret.enabled, [
      '',
      'The pods wait for the Secret that the External Secrets Operator makes:',
      '',
      `  ${kubectl} get externalsecret ${fullname}-secrets`,
    ]),
    ...when(not(hasModel(values)), [
      '',
      'Controllers will not start: they need github.token, or controller.copilotProviderType.',
    ]),
    ...when(equals(controller.stateBackend, 'memory'), [
      '',
      'Each replica remembers for itself what was done: keep one, or set controller.stateBackend=redis.',
    ]),
    ...when(all(equals(controller.stateBackend, 'redis'), not(redis.enabled), not(redis.url)), [
      '',
      'There is no Redis: set redis.enabled, or redis.url to that of another.',
    ]),
    '',
    'An upgrade keeps what is empty among its values: the address of GitLab, tokens, Jira. Values with a default, such',
    'as image.tag and replicaCount, go back to it when they are left out, unless helm is told --reuse-values. What is to',
    'be forgotten goes with --set keepValues=false and all that is to stay.',
    ...when(redis.enabled, [
      '',
      `An uninstall leaves one thing, what Redis has written. To remove it too:`,
      '',
      `  ${kubectl} delete persistentvolumeclaim ${data}`,
    ]),
  ]
}
