import type { JobTemplateSpec } from '../kubernetes.ts'
import { podTemplate, type Workload } from './workload.ts'

interface JobWorkload extends Workload {
  /** Seconds after which it is ended, retries included. */
  deadlineSeconds: number
  /** Default 0: what did not work once is told, not tried again. */
  retries?: number
  /** Seconds that it stays after its end, for people to look at. Default: a day. */
  keptSeconds?: number
}

/** A piece of work that ends by itself or is ended, for a Job or a CronJob. */
export function jobTemplate(workload: JobWorkload): JobTemplateSpec {
  const { selector, labels, deadlineSeconds, retries = 0, keptSeconds = 86_400 } = workload
  const { metadata, spec } = podTemplate(workload)
  return {
    metadata: { labels: labels ?? selector },
    spec: {
      activeDeadlineSeconds: deadlineSeconds,
      backoffLimit: retries,
      ttlSecondsAfterFinished: keptSeconds,
      template: {
        ...(metadata === undefined ? {} : { metadata }),
        spec: { ...spec, containers: spec?.containers ?? [], restartPolicy: 'Never' },
      },
    },
  }
}
