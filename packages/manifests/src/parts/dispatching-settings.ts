import type { z } from 'zod'
import type { Release } from '../release.ts'
import { choose, text, when } from '../template/combinators.ts'
import type { Template } from '../template/reference.ts'
import type { jiraValues, jobRunnerValues, serviceAccountValues } from './dispatching.ts'

type Jira = Template<z.output<typeof jiraValues>>
type JobRunner = Template<z.output<typeof jobRunnerValues>>
type ServiceAccount = Template<z.output<typeof serviceAccountValues>>

/** What has been given, now or before, for a key of the ConfigMap or of the Secret. */
type Kept = (key: string, value: string) => string

/** What a dispatcher reads about the Jobs that it makes. @param image of the dispatcher */
export function jobSettings(
  jobRunner: JobRunner,
  image: { repository: string; tag: string },
  { fullname, namespace }: Release,
): Record<string, string> {
  return {
    K8S_NAMESPACE: namespace,
    K8S_JOB_IMAGE: choose(jobRunner.image, jobRunner.image, `${image.repository}:${image.tag}`),
    K8S_JOB_CPU_LIMIT: jobRunner.cpuLimit,
    K8S_JOB_MEMORY_LIMIT: jobRunner.memoryLimit,
    K8S_JOB_TIMEOUT: text(jobRunner.timeout),
    K8S_JOB_INSTANCE_LABEL: fullname,
  }
}

/** Where Jira is; each is a setting only when it is given. */
export function jiraSources({ url, projectMap }: Jira, fromConfig: Kept): Record<string, string> {
  return { JIRA_URL: fromConfig('JIRA_URL', url), JIRA_PROJECT_MAP: fromConfig('JIRA_PROJECT_MAP', projectMap) }
}

/** What is read about Jira where there is one. */
export function jiraSettings(jira: Jira, fromConfig: Kept): Record<string, string> {
  return when(fromConfig('JIRA_URL', jira.url), {
    JIRA_TRIGGER_STATUS: jira.triggerStatus,
    JIRA_IN_PROGRESS_STATUS: jira.inProgressStatus,
    JIRA_IN_REVIEW_STATUS: jira.inReviewStatus,
    JIRA_POLL_INTERVAL: text(jira.pollInterval),
  })
}

/** Who a dispatcher is to Jira. */
export function jiraTokens({ email, apiToken }: Jira, fromSecret: Kept): Record<string, string> {
  return { JIRA_EMAIL: fromSecret('JIRA_EMAIL', email), JIRA_API_TOKEN: fromSecret('JIRA_API_TOKEN', apiToken) }
}

/** What of these values is read at the start alone, as it is. */
export function startUpValues(jobRunner: JobRunner, jira: Jira): { jobs: unknown[]; jira: unknown[] } {
  return {
    jobs: [jobRunner.image, jobRunner.cpuLimit, jobRunner.memoryLimit, jobRunner.timeout],
    jira: [jira.triggerStatus, jira.inProgressStatus, jira.inReviewStatus, jira.pollInterval],
  }
}

/** The name of the account that a dispatcher runs as. */
export function accountName({ name, create }: ServiceAccount, { fullname }: Release): string {
  return choose(name, name, choose(create, fullname, 'default'))
}
