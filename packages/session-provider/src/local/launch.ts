import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { supervisorCommand } from '@kubectl-gc/agent'
import type { StartConfig } from '../provider.ts'
import type { Settings } from './options.ts'
import { files } from './session-folder.ts'
import type { Surroundings } from './transport.ts'

/**
 * Notes its own identity, then becomes the supervisor ($2...). The note fails where a stop has removed the folder
 * meanwhile. tmux's server is begun here so that it reads no configuration of the user's.
 */
const LAUNCH = `IFS= read -r stat </proc/$$/stat && set -C && printf '%s\\n' "$stat" >"$1" || exit
set +C
shift
tmux -u -f /dev/null start-server \\; set-option -s exit-empty off 2>/dev/null
exec "$@"`

/**
 * What a session's agent inherits: not the tmux that this process may itself run in. The supervisor copies no secrets:
 * their place in a pod is one that any user of this machine could fill.
 */
export function environment({ env }: Settings, folder: string, config: StartConfig): NodeJS.ProcessEnv {
  const { TMUX, TMUX_PANE, ...inherited } = env
  return { ...inherited, ...config.env, TMUX_TMPDIR: folder, GC_SECRETS_DIRECTORY: '' }
}

/** Runs the supervisor in a process group of its own, with its output in a file, so that it outlives this process. */
export async function launch(
  folder: string,
  command: string | undefined,
  surroundings: Surroundings,
): Promise<{ ended: Promise<unknown> }> {
  const output = await open(files.output(folder), 'a', 0o600)
  try {
    const supervise = supervisorCommand({ command })
    const child = spawn('/bin/sh', ['-c', LAUNCH, 'gc-launch', files.supervisor(folder), ...supervise], {
      ...surroundings,
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
    })
    const ended = new Promise((resolve) => child.on('exit', resolve))
    await once(child, 'spawn')
    child.unref()
    return { ended }
  } finally {
    await output.close()
  }
}
