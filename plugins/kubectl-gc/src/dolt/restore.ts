import { createReadStream } from 'node:fs'
import { type Dolt, runScript } from './run.ts'
import { facts, workFolder } from './scripts.ts'

/** One database to bring back. */
export interface Restored {
  name: string
  /** Where its backup is: in the archive, or an absolute path in the server's container. */
  folder: string
  /** There is a database of that name. */
  replaces: boolean
}

/** How a database is, after it has been restored. */
export interface Verdict {
  name: string
  /** Whether its branches and its content are those that were backed up; undefined: the backup does not say. */
  same: boolean | undefined
}

/** Takes an archive, and refuses it whole unless all of it has arrived as it was written. */
const unpack = `say 'sending the backup'
cd "$work"
if ! { tar -x && sha256sum --check --quiet SHA256SUMS; } 2> "$work/said"; then
  cat "$work/said" >&2
  echo 'the file is damaged or incomplete; nothing was changed' >&2
  exit 1
fi
root=$work/
`

/**
 * Restores one database after the other; each is three arguments: its name, its folder, and whether it replaces one.
 * Prints for each its place and whether it is as it was backed up. What it replaces is backed up before, and put back
 * when Dolt refuses the new one; where that cannot be, because it is broken, Dolt still has it among what was dropped.
 */
const restore = `${facts}
literal() { printf %s "$1" | sed "s/'/''/g"; }
identifier() { printf %s "$1" | sed 's/\`/\`\`/g'; }
from() { q sql -q "CALL DOLT_BACKUP('restore', $2'file://$(literal "$1")', '$name')" > /dev/null; }
place=0
while [ $# -gt 0 ]; do
  name=$(literal "$1") folder=$root$2 force= kept=
  if [ "$3" = true ]; then
    force="'--force', "
    say "keeping what $1 holds"
    rm -rf "$work/kept"
    if q --use-db "$1" sql -q "CALL DOLT_BACKUP('sync-url', 'file://$work/kept')" > /dev/null 2>&1; then kept=yes; fi
  fi
  say "restoring $1"
  if ! from "$folder" "$force"; then
    if [ "$kept" = yes ] && from "$work/kept" "$force"; then echo "$1 is as it was before" >&2; fi
    if [ "$3" = false ]; then q sql -q "DROP DATABASE IF EXISTS \\\`$(identifier "$1")\\\`" > /dev/null; fi
    exit 1
  fi
  say "verifying $1"
  facts "$1" > "$work/now"
  if [ ! -s "$folder.facts" ]; then verdict=unknown
  elif cmp -s "$work/now" "$folder.facts"; then verdict=same
  else verdict=other; fi
  echo "$place $verdict" || true
  place=$((place + 1))
  shift 3
done
`

/**
 * Restores databases from a file that `backUp` has written.
 * @throws {UsageError} the archive is damaged, which changes nothing, or Dolt refuses a database
 */
export async function restoreFile(
  dolt: Dolt,
  file: string,
  databases: Restored[],
  onStep: (step: string) => void,
): Promise<Verdict[]> {
  return run(dolt, { script: workFolder + unpack + restore, stdin: createReadStream(file), onStep }, databases)
}

/** Restores databases from folders that Dolt's server has. */
export async function restoreFolders(dolt: Dolt, databases: Restored[], onStep: (step: string) => void) {
  return run(dolt, { script: `${workFolder}root=\n${restore}`, onStep }, databases)
}

async function run(dolt: Dolt, options: Omit<Parameters<typeof runScript>[1], 'args'>, databases: Restored[]) {
  const args = databases.flatMap(({ name, folder, replaces }) => [name, folder, String(replaces)])
  const printed = await runScript(dolt, { ...options, args })
  const verdicts = new Map(
    printed
      .toString()
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  )
  return databases.map(({ name }, place): Verdict => {
    const verdict = verdicts.get(String(place))
    return { name, same: verdict === 'unknown' || verdict === undefined ? undefined : verdict === 'same' }
  })
}
