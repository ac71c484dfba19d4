import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { UsageError } from '../errors/usage.ts'
import { INDEX, indexOf } from './archive.ts'
import { databasesOf } from './databases.ts'
import { isFileError } from './file-error.ts'
import { type Dolt, runScript } from './run.ts'
import { facts, workFolder } from './scripts.ts'

/**
 * Prints a tar archive of a backup of each database: the index, then for each, by its place in the index, the facts by
 * which a restore is verified and the folder of the backup, then the checksums of all. Arguments: the index, and the
 * databases' names.
 */
const script = `${workFolder}
${facts}
index=$1; shift
printf %s "$index" > "$work/${INDEX}"
place=0
for name; do
  say "backing up $name"
  tries=0
  while :; do
    backup="CALL DOLT_BACKUP('sync-url', 'file://$work/$place')"
    q --use-db "$name" sql -r csv -q "$state; $backup; $state" > "$work/said"
    sed '/^status$/,$d' "$work/said" > "$work/before"
    sed '1,/^status$/d' "$work/said" | tail -n +2 > "$work/$place.facts"
    if cmp -s "$work/before" "$work/$place.facts"; then break; fi
    # It has been written to meanwhile, so what these facts are about may be older or newer than the backup.
    tries=$((tries + 1))
    if [ $tries = 3 ]; then : > "$work/$place.facts"; break; fi
  done
  place=$((place + 1))
done
rm -f "$work/before" "$work/said"
cd "$work"
find . -type f ! -name SHA256SUMS -exec sha256sum {} + > SHA256SUMS
say sending
tar -c ${INDEX} $(ls | grep -vx ${INDEX})
`

/** Takes an archive to its end. */
export type Take = (archive: AsyncIterable<Uint8Array>) => Promise<void>

export interface BackupOptions {
  createdAt: Date
  onStep: (step: string) => void
}

/** What a backup holds. */
export interface BackedUp {
  databases: string[]
  /** Of the archive. */
  bytes: number
}

/**
 * Backs every database up, each as of one moment, and hands the archive over as it comes.
 * @throws {UsageError} there is nothing to back up, or Dolt could not do it
 */
export async function backUp(dolt: Dolt, take: Take, options: BackupOptions) {
  const databases = await databasesOf(dolt)
  if (databases.length === 0) {
    throw new UsageError(`the Dolt server in namespace ${dolt.pod.namespace} has no database to back up`)
  }
  const index = JSON.stringify(indexOf(databases, options.createdAt))
  let bytes = 0
  async function* counted(output: AsyncIterable<Uint8Array>) {
    for await (const chunk of output) {
      bytes += chunk.length
      yield chunk
    }
  }
  const stdout = (output: AsyncIterable<Uint8Array>) => take(counted(output))
  await runScript(dolt, { script, args: [index, ...databases], onStep: options.onStep, stdout })
  return { databases, bytes } satisfies BackedUp
}

/**
 * Writes a file that is there under its name only when it is whole: `write` fills another one, in the same folder.
 * @throws {UsageError} the file cannot be written
 */
export async function writeWhole<T>(file: string, write: (take: Take) => Promise<T>) {
  const partial = join(dirname(file), `.${basename(file)}.${process.pid}.partial`)
  try {
    const handle = await open(partial, 'w', 0o600)
    await handle.close()
    const result = await write((data) => pipeline(data, createWriteStream(partial, { flush: true })))
    await rename(partial, file)
    return result
  } catch (error) {
    await rm(partial, { force: true })
    if (!isFileError(error)) throw error
    throw new UsageError(`cannot write ${file}: ${error.message}`, 'give another --output', error)
  }
}
