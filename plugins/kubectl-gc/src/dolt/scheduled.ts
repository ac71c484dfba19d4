import { BACKUPS } from '@kubectl-gc/manifests'
import { UsageError } from '../errors/usage.ts'
import { type Dolt, runScript } from './run.ts'

/** One backup on the backups' claim. */
export interface Scheduled {
  database: string
  /** Absolute, in the server's container. */
  folder: string
  madeAt: Date
}

const manifest = '/manifest'

/** Prints of each backup when it was last written to, in seconds, and where it is. */
const script = `if [ ! -d ${BACKUPS} ]; then echo "the server has no ${BACKUPS}" >&2; exit 1; fi
find ${BACKUPS} -mindepth 3 -maxdepth 3 -name manifest -exec stat -c '%Y %n' {} +
`

/**
 * The backups that have been made by schedule, the latest first.
 * @throws {UsageError} the server has no volume of backups
 */
export async function scheduledBackups(dolt: Dolt): Promise<Scheduled[]> {
  const printed = await list(dolt)
  return printed
    .split('\n')
    .filter((line) => line.endsWith(manifest))
    .map((line) => {
      const at = line.indexOf(' ')
      const folder = line.slice(at + 1, -manifest.length)
      return {
        database: folder.slice(folder.lastIndexOf('/') + 1),
        folder,
        madeAt: new Date(Number(line.slice(0, at)) * 1000),
      }
    })
    .sort((a, b) => b.madeAt.getTime() - a.madeAt.getTime())
}

async function list(dolt: Dolt): Promise<string> {
  try {
    return (await runScript(dolt, { script, args: [] })).toString()
  } catch (error) {
    const { namespace } = dolt.pod
    throw new UsageError(
      `namespace ${namespace} has no scheduled backups: ${(error as Error).message}`,
      'kubectl gc dolt restore FILE',
      error,
    )
  }
}

/** The latest backup of each database that is not younger than `before`. */
export function latestOfEach(backups: Scheduled[], before: Date | undefined): Scheduled[] {
  const old = backups.filter(({ madeAt }) => before === undefined || madeAt <= before)
  const names = [...new Set(old.map(({ database }) => database))].sort()
  return names.flatMap((name) => old.find(({ database }) => database === name) ?? [])
}
