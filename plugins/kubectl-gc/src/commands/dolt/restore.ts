import { GcCommand, type HelpGroup } from '../../command.ts'
import { confirm } from '../../confirm.ts'
import { readIndex } from '../../dolt/archive.ts'
import { databasesOf, holdsData } from '../../dolt/databases.ts'
import { findDolt } from '../../dolt/find-pod.ts'
import { type Restored, restoreFile, restoreFolders, type Verdict } from '../../dolt/restore.ts'
import type { Dolt } from '../../dolt/run.ts'
import { latestOfEach, scheduledBackups } from '../../dolt/scheduled.ts'
import { UsageError } from '../../errors/usage.ts'
import * as Flags from '../../flags/define.ts'
import * as Args from '../../flags/define-args.ts'
import { targetOf } from '../../flags/target.ts'
import { startProgress } from '../../output/progress.ts'

/** What is to be restored, and from where. */
interface Source {
  /** For people. */
  name: string
  backups: { name: string; folder: string }[]
  restore: (databases: Restored[], onStep: (step: string) => void) => Promise<Verdict[]>
}

export default class DoltRestore extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary = 'Bring databases back from a backup, and verify them.'
  static override description =
    'From a file that kubectl gc dolt backup has written, or with --scheduled from the claim of scheduled backups. A database that holds anything is replaced only with --force, and put back when Dolt refuses the backup. Databases that the backup does not have stay.'
  static override usage = 'dolt restore FILE|--scheduled [flags]'
  static override examples = [
    'kubectl gc dolt restore town.tar',
    'kubectl gc dolt restore town.tar --database town --force --yes',
    'kubectl gc dolt restore --scheduled --before 2026-11-20T12:00:00Z --namespace team-a',
  ]
  static override args = { file: Args.string({ ignoreStdin: true, description: 'The file.' }) }
  static override flags = {
    scheduled: Flags.boolean({ summary: 'The latest scheduled backup of each database, in place of a file.' }),
    before: Flags.string({ helpValue: 'TIME', summary: 'Only scheduled backups that were made before this time.' }),
    database: Flags.string({
      helpValue: 'NAME',
      multiple: true,
      multipleNonGreedy: true,
      summary: 'Only this database; can be repeated.',
    }),
    force: Flags.boolean({ summary: 'Replace databases that hold something.' }),
    yes: Flags.boolean({ char: 'y', summary: 'Do not ask.' }),
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(DoltRestore)
    const { signal } = this.runtime
    if ((args.file === undefined) === !flags.scheduled) {
      throw new UsageError('give a file or --scheduled, one of them', 'kubectl gc dolt restore FILE')
    }
    const before = flags.before === undefined ? undefined : timeOf(flags.before)
    const index = args.file === undefined ? undefined : await readIndex(args.file)
    await using cluster = await this.runtime.openCluster(targetOf(flags))
    const { client, namespace } = cluster
    const dolt = { client, signal, pod: await findDolt(client, namespace, signal) }
    const source =
      args.file === undefined ? await fromClaim(dolt, before) : fromFile(dolt, args.file, index?.databases ?? [])
    const wanted = only(source, flags.database)
    const databases = await this.checked(dolt, wanted, flags.force)
    if (!flags.yes) await confirm(this.runtime, questionOf(databases, source, namespace), 'the same command with --yes')
    await this.restore(source, databases)
  }

  private async restore(source: Source, databases: Restored[]): Promise<void> {
    using progress = startProgress(this.runtime.stderr)
    let hasBegun = false
    const onStep = (step: string) => {
      hasBegun ||= !step.startsWith('sending')
      progress.step(step)
    }
    const verdicts = await source.restore(databases, onStep).catch(async (error) => {
      if (hasBegun && this.runtime.signal.aborted) await this.note('Dolt goes on with what it has begun to restore')
      throw error
    })
    const words = new Map<boolean | undefined, string>([
      [true, 'restored and verified'],
      [undefined, 'restored'],
      [false, 'restored, but not as it was backed up'],
    ])
    for (const { name, same } of verdicts) await this.print(`database/${name} ${words.get(same)}\n`)
    const strange = verdicts.filter(({ same }) => same === false).map(({ name }) => name)
    if (strange.length > 0) {
      throw new UsageError(
        `${strange.join(', ')}: branches or content differ from the backup's`,
        'see who writes to it meanwhile: kubectl gc dolt sql --execute "SHOW PROCESSLIST"',
      )
    }
  }

  /** What each database replaces, when that is allowed. */
  private async checked(dolt: Dolt, wanted: Source['backups'], force: boolean): Promise<Restored[]> {
    const there = new Set(await databasesOf(dolt))
    const databases = wanted.map((backup) => ({ ...backup, replaces: there.has(backup.name) }))
    if (force) return databases
    for (const { name, replaces } of databases) {
      if (!replaces || !(await holdsData(dolt, name))) continue
      throw new UsageError(
        `database ${JSON.stringify(name)} in namespace ${dolt.pod.namespace} is not empty`,
        'replace it: the same command with --force',
      )
    }
    return databases
  }
}

function timeOf(text: string): Date {
  const time = new Date(text)
  if (Number.isNaN(time.getTime())) {
    throw new UsageError(`--before must be a time such as 2026-11-20T12:00:00Z, not ${JSON.stringify(text)}`)
  }
  return time
}

function fromFile(dolt: Dolt, file: string, names: string[]): Source {
  const backups = names.map((name, place) => ({ name, folder: String(place) }))
  return { name: file, backups, restore: (databases, onStep) => restoreFile(dolt, file, databases, onStep) }
}

async function fromClaim(dolt: Dolt, before: Date | undefined): Promise<Source> {
  const all = await scheduledBackups(dolt)
  const latest = latestOfEach(all, before)
  if (latest.length === 0) throw noneBefore(dolt.pod.namespace, before, all.at(-1)?.madeAt)
  const backups = latest.map(({ database, folder }) => ({ name: database, folder }))
  const times = latest.map(({ database, madeAt }) => `${database} of ${madeAt.toISOString()}`)
  const restore: Source['restore'] = (databases, onStep) => restoreFolders(dolt, databases, onStep)
  return { name: `scheduled backups (${times.join(', ')})`, backups, restore }
}

function noneBefore(namespace: string | undefined, before: Date | undefined, oldest: Date | undefined): UsageError {
  const none = 'there is no scheduled backup'
  if (before === undefined || oldest === undefined) {
    return new UsageError(`${none} in namespace ${namespace}`, `kubectl gc dolt backup --namespace ${namespace}`)
  }
  return new UsageError(
    `${none} from before ${before.toISOString()} in namespace ${namespace}`,
    `the oldest is of ${oldest.toISOString()}: a later --before, or none`,
  )
}

function only({ name, backups }: Source, names: string[] | undefined): Source['backups'] {
  const unknown = names?.find((wanted) => !backups.some((backup) => backup.name === wanted))
  if (unknown !== undefined) {
    const has = backups.map((backup) => backup.name).join(', ')
    throw new UsageError(`${name} has no database ${JSON.stringify(unknown)}; it has ${has}`)
  }
  return backups.filter((backup) => names === undefined || names.includes(backup.name))
}

function questionOf(databases: Restored[], source: Source, namespace: string): string {
  const names = databases.map(({ name }) => name).join(', ')
  const replaced = databases.filter(({ replaces }) => replaces).map(({ name }) => name)
  const what = replaced.length === 0 ? '' : ` What ${replaced.join(', ')} holds now is replaced.`
  return `Restore ${names} from ${source.name} into Dolt in namespace ${namespace}?${what}`
}
