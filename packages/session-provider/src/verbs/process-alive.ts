/** Our own shells have this name, and are nobody's agent. */
const OURS = 'gc-processes'

const LIST = String.raw`
for process in /proc/[0-9]*; do
  [ "$process" = "/proc/$$" ] && continue
  IFS= read -r stat <"$process/stat" || continue
  printf '%s%s\n' "$1" "$stat"
  command -v cat >/dev/null && cat "$process/cmdline"
done 2>/dev/null
:`

/**
 * Prints the processes of the container: for each its state and name as the kernel has them, and its arguments as they
 * are in /proc, NUL and all. Where the image has no `cat`, the arguments are missing, because shells drop NULs.
 */
export function listProcessesCommand(separator: string): string[] {
  return ['sh', '-c', LIST, OURS, separator]
}

/** The same for each line of input, which is the separator; {@link listEnd} of it comes behind. */
export const listProcessesAgainCommand = [
  'sh',
  '-c',
  `while IFS= read -r separator; do set -- "$separator"${LIST}\nprintf '%s.\\n' "$1"; done`,
  OURS,
]

/** What comes behind a listing. */
export function listEnd(separator: string): string {
  return `${separator}.\n`
}

/**
 * Whether one of these names is the name of a process: see {@link namesIn}.
 * @param listing the output of {@link listProcessesCommand} with the same separator
 */
export function hasProcess(listing: string, separator: string, names: readonly string[]): boolean {
  return namesIn(listing, separator).some((name) => names.includes(name))
}

/**
 * The names of the processes of a listing: the kernel's, and the last part of the path of the program and of the script
 * that the program runs. A zombie has none.
 */
export function namesIn(listing: string, separator: string): string[] {
  return listing.split(separator).slice(1).flatMap(namesOf)
}

function namesOf(record: string): string[] {
  const end = record.indexOf('\n')
  const stat = record.slice(0, end)
  const close = stat.lastIndexOf(')')
  if (stat[close + 2] === 'Z') return []
  const [program = '', ...args] = record.slice(end + 1).split('\0')
  if (args[0] === '-c' && args[2] === OURS) return []
  const script = args.find((arg) => !arg.startsWith('-'))
  return [stat.slice(stat.indexOf('(') + 1, close), basename(program), basename(script ?? '')]
}

function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
