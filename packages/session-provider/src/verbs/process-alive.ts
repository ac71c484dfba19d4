/** Our own shells have this name, and are nobody's agent. */
const OURS = 'gc-processes'

/** The word behind a separator that asks for what a shell reads by itself: starting a program for each process costs most. */
const STATES = 'states'

const LIST = String.raw`
for process in /proc/[0-9]*; do
  [ "$process" = "/proc/$$" ] && continue
  IFS= read -r stat <"$process/stat" || continue
  printf '%s%s\n' "$1" "$stat"
  [ "$2" = "${STATES}" ] || { command -v cat >/dev/null && cat "$process/cmdline"; }
done 2>/dev/null
:`

/**
 * Prints the processes of the container: for each its state and name as the kernel has them, and its arguments as they
 * are in /proc, NUL and all. Where the image has no `cat`, the arguments are missing, because shells drop NULs.
 */
export function listProcessesCommand(separator: string): string[] {
  return ['sh', '-c', LIST, OURS, separator]
}

/**
 * The same for each line of input, which is the separator; {@link listEnd} of it comes behind. Without the arguments
 * where {@link statesOnly} asks for that.
 */
export const listProcessesAgainCommand = [
  'sh',
  '-c',
  `while read -r separator what; do set -- "$separator" "$what"${LIST}\nprintf '%s.\\n' "$1"; done`,
  OURS,
]

/** The line that asks for the processes without their arguments. */
export function statesOnly(separator: string): string {
  return `${separator} ${STATES}`
}

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

/**
 * Whether the kernel has a process under one of these names, which suffices for a yes. Processes whose parent is
 * outside the container, as those that were started beside the agent, do not count here: ours are among them.
 * @param listing the answer to {@link statesOnly}
 */
export function hasState(listing: string, separator: string, names: readonly string[]): boolean {
  const states = listing.split(separator).slice(1).map(stateOf)
  return states.some(({ name, state, parent }) => state !== 'Z' && parent !== '0' && names.includes(name))
}

/** proc_pid_stat(5): number, name in parentheses, which it may hold itself, state, number of the parent. */
function stateOf(stat: string): { name: string; state: string | undefined; parent: string | undefined } {
  const close = stat.lastIndexOf(')')
  const [state, parent] = stat.slice(close + 2).split(' ')
  return { name: stat.slice(stat.indexOf('(') + 1, close), state, parent }
}

function namesOf(record: string): string[] {
  const end = record.indexOf('\n')
  const { name, state } = stateOf(record.slice(0, end))
  if (state === 'Z') return []
  const [program = '', ...args] = record.slice(end + 1).split('\0')
  if (args[0] === '-c' && args[2] === OURS) return []
  const script = args.find((arg) => !arg.startsWith('-'))
  return [name, basename(program), basename(script ?? '')]
}

function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
