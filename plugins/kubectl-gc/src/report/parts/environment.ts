import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type KnownSecrets, REMOVED } from '../redact/known.ts'
import { isSecretName } from '../redact/names.ts'

/** Variables that change what this program does. */
const ours =
  /^(GC_.*|BEADS_.*|KUBE.*|(https?|no|all)_proxy|NO_COLOR|TERM|LANG|LC_ALL|SHELL|XDG_RUNTIME_DIR|NODE_.*|CI)$/i

/** The variables that matter, without secrets; all that are secret are remembered. */
export function environmentOf(env: NodeJS.ProcessEnv, known: KnownSecrets): Record<string, string | undefined> {
  for (const [name, value] of Object.entries(env)) if (isSecretName(name)) known.add(value)
  const entries = Object.entries(env).filter(([name]) => ours.test(name))
  return Object.fromEntries(entries.sort().map(([name, value]) => [name, isSecretName(name) ? REMOVED : value]))
}

/** Remembers the credentials of the agent on this machine, which are those that are brought into clusters. */
export async function rememberCredentials({ HOME = '', CLAUDE_CONFIG_DIR }: NodeJS.ProcessEnv, known: KnownSecrets) {
  const folder = CLAUDE_CONFIG_DIR || join(HOME, '.claude')
  known.add(await readFile(join(folder, '.credentials.json'), 'utf8').catch(() => undefined))
}
