import { unpack } from '../copy/copy-to.ts'
import type { Transport } from '../tmux/transport.ts'
import { runAsAgent } from './as-agent.ts'

const SOURCE = '/tmp/city-src'

/** Whether there is a gc to make a city with; if so, the place for its source. */
const PREPARE = `command -v gc >/dev/null && rm -rf ${SOURCE} && mkdir -p ${SOURCE}`

/** A gc that does not know the flags neither starts anything nor waits for it. */
const INIT = (root: string) => `export GC_DOLT=skip
gc_said=$(gc init --from ${SOURCE} '${root.replaceAll("'", String.raw`'\''`)}' --no-start --skip-provider-readiness 2>&1)
gc_code=$?
case $gc_said in *'unknown flag'* | *'flag provided but not defined'*)
  gc_said=$(gc init --from ${SOURCE} '${root.replaceAll("'", String.raw`'\''`)}' 2>&1)
  gc_code=$?
esac
rm -rf ${SOURCE}
printf '%s\n' "$gc_said"
exit "$gc_code"`

/** Makes the workspace a city like the one of this side, without its state, where the image has gc. */
export async function stageCity(
  transport: Transport,
  session: string,
  city: string,
  root: string,
  options: { onWarning: (warning: string) => void; signal: AbortSignal },
): Promise<void> {
  const { signal, onWarning } = options
  const { exitCode } = await runAsAgent(transport, PREPARE, { signal })
  if (exitCode !== 0) return
  const source = {
    path: city,
    as: '',
    followLinks: true,
    exclude: (path: string) => /(^|\/)\.gc$/.test(path),
    onUnreadable: ({ message }: Error) => onWarning(`city warning: ${message}`),
  }
  await unpack((_, command, how) => transport(command, how), session, [source], SOURCE, { signal })
  const made = await runAsAgent(transport, INIT(root), { signal })
  if (made.exitCode !== 0) onWarning(`gc init warning: exit code ${made.exitCode}: ${made.output}`)
}
