import { z } from 'zod'
import { quantity } from '../values/kinds.ts'
import { texts } from './values.ts'

/** What a value must be to stand where a URL is read. */
export const url = z.string().regex(/^(https?:\/\/\S+)?$/, 'an http or https URL')

/** A text that is left alone. */
export const setting = (what: string, value = '') => z.string().default(value).describe(what)

/** Where Jira is, and what its statuses are called. */
export const jiraValues = z
  .strictObject({
    url: url.default('').describe('JIRA_URL. Without it nothing asks Jira.'),
    email: setting('JIRA_EMAIL, kept in the Secret.'),
    apiToken: setting('JIRA_API_TOKEN, kept in the Secret.'),
    projectMap: setting('JIRA_PROJECT_MAP: JSON.'),
    triggerStatus: setting('JIRA_TRIGGER_STATUS: issues in it are taken up.', 'AI Ready'),
    inProgressStatus: setting('JIRA_IN_PROGRESS_STATUS.', 'In Progress'),
    inReviewStatus: setting('JIRA_IN_REVIEW_STATUS.', 'In Review'),
    pollInterval: z.int().min(1).default(30).describe('JIRA_POLL_INTERVAL, in seconds.'),
  })
  .prefault({})
  .describe('Jira. All of it is optional.')

/** Jobs that do the work. */
export const jobRunnerValues = z
  .strictObject({
    image: setting("K8S_JOB_IMAGE; the controller's when empty."),
    cpuLimit: quantity.default('1').describe('K8S_JOB_CPU_LIMIT.'),
    memoryLimit: quantity.default('1Gi').describe('K8S_JOB_MEMORY_LIMIT.'),
    timeout: z.int().min(1).default(600).describe('K8S_JOB_TIMEOUT, in seconds.'),
  })
  .prefault({})
  .describe('Jobs, for taskExecutor kubernetes.')

/** The account that makes Jobs. */
export const serviceAccountValues = z
  .strictObject({
    create: z.boolean().default(true).describe('Makes the account.'),
    name: setting("Its name. When empty: the release's, or default where none is made."),
    annotations: texts.default({}).describe('For identities that a cloud binds to accounts.'),
  })
  .prefault({})
  .describe('Who it is to the API server.')
