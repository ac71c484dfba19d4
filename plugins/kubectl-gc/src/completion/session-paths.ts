import type { Sessions } from '../runtime.ts'

const MOST = 500
/** What begins like this, folders with a slash; hidden files where one was begun. Needs no program but the shell. */
const LIST = `count=0
for path in "$1"*; do
  [ -e "$path" ] || [ -L "$path" ] || continue
  count=$((count + 1))
  [ "$count" -le ${MOST} ] || break
  if [ -d "$path" ]; then printf '%s/\\0' "$path"; else printf '%s\\0' "$path"; fi
done`

/** The paths in a session that begin with a text, at most 500; relative ones are below its workspace. */
export async function sessionPaths(
  { provider }: Pick<Sessions, 'provider'>,
  session: string,
  begin: string,
  signal: AbortSignal,
): Promise<string[]> {
  const { stdout } = await provider.exec(session, ['sh', '-c', LIST, 'gc-complete', begin], { signal })
  return stdout
    .toString()
    .split('\0')
    .filter((path) => path !== '' && !/[\x00-\x1f\x7f]/.test(path))
}
