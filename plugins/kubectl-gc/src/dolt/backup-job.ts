import { type Client, isApiError, resource } from '@kubectl-gc/kube'
import { BACKUPS_JOB } from '@kubectl-gc/manifests'
import type { CronJob, Job, Pod } from '@kubectl-gc/manifests/kubernetes'
import { UsageError } from '../errors/usage.ts'

const cronJobs = resource<CronJob>('batch', 'v1', 'cronjobs')
const jobs = resource<Job>('batch', 'v1', 'jobs')
const pods = resource<Pod>('', 'v1', 'pods')

interface Options {
  signal: AbortSignal
  now: Date
  onStep: (step: string) => void
}

/**
 * Runs the scheduled backup now, to the backups' claim.
 * @returns what it said, a line for each database
 * @throws {UsageError} backups are not enabled in the namespace, or this one failed
 */
export async function runBackupJob(client: Client, namespace: string, options: Options): Promise<string[]> {
  const { signal, onStep } = options
  const cronJob = await scheduled(client, namespace, signal)
  const template = cronJob.spec?.jobTemplate
  const name = `${BACKUPS_JOB}-${options.now.getTime()}`
  const annotations = { 'cronjob.kubernetes.io/instantiate': 'manual' }
  const metadata = { ...template?.metadata, name, namespace, annotations, ownerReferences: [ownerOf(cronJob)] }
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata, ...(template?.spec && { spec: template.spec }) }
  await client.create(jobs, job, { signal })
  onStep(`waiting for job.batch/${name}`)
  const failure = await ended(client, { name, namespace }, signal)
  const said = await logsOf(client, { name, namespace }, signal)
  if (failure === undefined) return said
  const why = said.at(-1) ?? failure
  throw new UsageError(`the backup failed: ${why}`, `kubectl logs job/${name} --namespace ${namespace} --all-pods=true`)
}

/** As `kubectl create job --from` has it: the job counts as one of the schedule, and goes when that goes. */
function ownerOf({ metadata }: CronJob) {
  const { name = '', uid = '' } = metadata ?? {}
  return { apiVersion: 'batch/v1', kind: 'CronJob', name, uid, controller: true }
}

async function scheduled(client: Client, namespace: string, signal: AbortSignal): Promise<CronJob> {
  try {
    return await client.get(cronJobs, { name: BACKUPS_JOB, namespace }, { signal })
  } catch (error) {
    if (!isApiError(error, 'NotFound')) throw error
    throw new UsageError(
      `backups are not enabled in namespace ${namespace}, so there is no claim to back up to`,
      'kubectl gc dolt backup --output FILE',
      error,
    )
  }
}

/** Why it failed; undefined when it did not. */
async function ended(client: Client, job: { name: string; namespace: string }, signal: AbortSignal) {
  const only = { namespace: job.namespace, fieldSelector: `metadata.name=${job.name}`, signal }
  for await (const { type, object } of client.watch(jobs, only)) {
    if (type === 'DELETED') return 'its job was deleted'
    for (const { type: condition, status, message } of object.status?.conditions ?? []) {
      if (status !== 'True') continue
      if (condition === 'Complete') return undefined
      if (condition === 'Failed') return message ?? 'its job failed'
    }
  }
  throw new UsageError(`nobody knows how job.batch/${job.name} ended: the watch ended`)
}

/** What the latest of its pods said. */
async function logsOf(client: Client, job: { name: string; namespace: string }, signal: AbortSignal) {
  const { namespace } = job
  const { items } = await client.list(pods, {
    namespace,
    labelSelector: `batch.kubernetes.io/job-name=${job.name}`,
    signal,
  })
  const byAge = items.toSorted((a, b) => time(a).localeCompare(time(b)))
  const name = byAge.at(-1)?.metadata?.name
  if (name === undefined) return []
  const parts: Uint8Array[] = []
  for await (const part of client.logs({ name, namespace }, { tailLines: 1000, signal })) parts.push(part)
  return Buffer.concat(parts)
    .toString()
    .split('\n')
    .filter((line) => line.trim() !== '')
}

function time(pod: Pod): string {
  return pod.metadata?.creationTimestamp ?? ''
}
