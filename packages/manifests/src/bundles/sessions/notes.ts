import type { Release } from '../../release.ts'
import { when } from '../../template/combinators.ts'
import type { Template } from '../../template/reference.ts'
import type { SessionsValues } from './values.ts'

/** What to do after an installation. */
export function notes({ backups, controller, mail }: Template<SessionsValues>, { namespace }: Release): string[] {
  return [
    `Dolt answers at dolt.${namespace}.svc.cluster.local:3307 once it is ready:`,
    '',
    `  kubectl --namespace ${namespace} rollout status statefulset/dolt`,
    '',
    'Start a session:',
    '',
    `  kubectl gc start mayor --namespace ${namespace} --image IMAGE`,
    ...when(controller.enabled, [
      '',
      'gc runs in the cluster:',
      '',
      `  kubectl --namespace ${namespace} logs deployment/gc-controller --follow`,
    ]),
    ...when(backups.enabled, [
      '',
      'Back up now, and not only by the schedule:',
      '',
      `  kubectl --namespace ${namespace} create job --from=cronjob/dolt-backup dolt-backup-now`,
    ]),
    '',
    'These claims hold data, and outlive this installation:',
    '',
    '  dolt-data-dolt-0',
    ...when(backups.enabled, ['  dolt-backups']),
    ...when(controller.enabled, ['  gc-controller-data']),
    ...when(mail.enabled, ['  mcp-mail-data']),
  ]
}
