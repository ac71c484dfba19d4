import type { CronJob, PersistentVolumeClaim } from '../../kubernetes.ts'
import { PART_OF } from '../../objects.ts'
import { jobTemplate } from '../../profiles/job-template.ts'
import { text } from '../../template/combinators.ts'
import type { Template } from '../../template/reference.ts'
import { claim } from './claim.ts'
import type { SessionsValues } from './values.ts'

type Backups = Template<SessionsValues>['backups']

/** The CronJob that makes backups. */
export const BACKUPS_JOB = 'dolt-backup'

/** Where the Dolt server has the backups' volume: in it a folder for each day, and in that one for each database. */
export const BACKUPS = '/backups'

/** The claim of the volume. */
export const BACKUPS_CLAIM = 'dolt-backups'

/**
 * Asks the running server for a backup of each database: with its history, its branches and what is not committed.
 * Each of the last days has a folder; a second backup on a day adds to its first.
 */
const script = `set -eu
query() { dolt --host dolt --port 3307 --user root --password '' --no-tls "$@"; }
day=$(( $(date +%s) / 86400 % DAYS ))
query sql -r csv -q 'SHOW DATABASES' > /tmp/listed
tail -n +2 /tmp/listed | sed '/^"/{s/^"//;s/"$//;s/""/"/g}' > /tmp/databases
while IFS= read -r database; do
  case $database in '' | information_schema | mysql | performance_schema | sys | dolt_cluster) continue ;; esac
  to=file://${BACKUPS}/$day/$database
  quoted=$(printf %s "$to" | sed "s/'/''/g")
  query --use-db "$database" sql -q "CALL DOLT_BACKUP('sync-url', '$quoted')" < /dev/null > /dev/null
  echo "$database is in $to"
done < /tmp/databases
`

/** The volume of the backups, and who fills it. The Dolt server writes them: it is the one that mounts the volume. */
export function doltBackups(namespace: string, image: string, backups: Backups): (PersistentVolumeClaim | CronJob)[] {
  const selector = { app: BACKUPS_JOB }
  const labels = { ...selector, ...PART_OF }
  const cronJob: CronJob = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: BACKUPS_JOB, namespace, labels },
    spec: {
      schedule: backups.schedule,
      concurrencyPolicy: 'Forbid',
      jobTemplate: jobTemplate({
        name: BACKUPS_JOB,
        namespace,
        selector,
        labels,
        podLabels: PART_OF,
        deadlineSeconds: 3600,
        retries: 2,
        containers: [
          {
            name: 'backup',
            image,
            imagePullPolicy: 'IfNotPresent',
            command: ['sh', '-c', script],
            env: [
              { name: 'DAYS', value: text(backups.days) },
              { name: 'HOME', value: '/tmp' },
              { name: 'DOLT_ROOT_PATH', value: '/tmp' },
              { name: 'DOLT_DISABLE_EVENT_FLUSH', value: 'true' },
            ],
            resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
            volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
          },
        ],
        pod: { volumes: [{ name: 'tmp', emptyDir: {} }] },
      }),
    },
  }
  return [claim(namespace, BACKUPS_CLAIM, backups), cronJob]
}
