import type { CronJob } from '../../kubernetes.ts'
import { PART_OF } from '../../objects.ts'
import { jobTemplate } from '../../profiles/job-template.ts'
import { text } from '../../template/combinators.ts'
import type { Template } from '../../template/reference.ts'
import { CONTROLLER } from './rbac.ts'
import type { SessionsValues } from './values.ts'

type EventCleanup = Template<SessionsValues>['eventCleanup']

const NAME = 'gc-event-cleanup'

/** Times of creation sort as texts do. */
const script = `set -eu
before=$(date -u -d "@$(( $(date +%s) - HOURS * 3600 ))" +%Y-%m-%dT%H:%M:%SZ)
kubectl get configmaps --selector gc/component=event \\
  --output jsonpath='{range .items[*]}{.metadata.creationTimestamp} {.metadata.name}{"\\n"}{end}' > "$TMPDIR/events"
while read -r created name; do
  oldest=$(printf '%s\\n' "$created" "$before" | sort | head -n 1)
  if [ "$oldest" != "$before" ]; then echo "$name"; fi
done < "$TMPDIR/events" > "$TMPDIR/old"
if [ -s "$TMPDIR/old" ]; then xargs kubectl delete configmap --ignore-not-found < "$TMPDIR/old"; fi
`

/** Deletes the events that gc keeps as ConfigMaps once they are old. */
export function eventCleanup(namespace: string, { image, schedule, hours }: EventCleanup): CronJob {
  const selector = { app: NAME }
  const labels = { ...selector, ...PART_OF }
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: NAME, namespace, labels },
    spec: {
      schedule,
      concurrencyPolicy: 'Forbid',
      jobTemplate: jobTemplate({
        name: NAME,
        namespace,
        selector,
        labels,
        podLabels: PART_OF,
        serviceAccountName: CONTROLLER,
        deadlineSeconds: 600,
        containers: [
          {
            name: 'cleanup',
            image,
            imagePullPolicy: 'IfNotPresent',
            command: ['sh', '-c', script],
            env: [
              { name: 'HOURS', value: text(hours) },
              { name: 'HOME', value: '/tmp' },
              { name: 'TMPDIR', value: '/tmp' },
            ],
            resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
            volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
          },
        ],
        pod: { volumes: [{ name: 'tmp', emptyDir: {} }] },
      }),
    },
  }
}
