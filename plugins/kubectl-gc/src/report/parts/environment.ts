import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { credentialFolder, LOGIN } from '../../secrets/files.ts'
import { type KnownSecrets, REMOVED } from '../redact/known.ts'
import { isSecretName } from '../redact/names.ts'
import { redactObject } from '../redact/object.ts'

/** Variables that change what this program does. */
const ours =
  /^(GC_.*|BEADS_.*|KUBE.*|(https?|no|all)_proxy|NO_COLOR|TERM|LANG|LC_ALL|SHELL|XDG_RUNTIME_DIR|NODE_.*|CI)$/i

/** The variables that matter, without secrets; all that are secret are remembered. */
export function environmentOf(env: NodeJS.ProcessEnv, known: KnownSecrets): Record<string, string | undefined> {
  for (const [name, value] of Object.entries(env)) if (isSecretName(name)) known.add(value)
  const entries = Object.entries(env).filter(([name]) => ours.test(name))
  return Object.fromEntries(entries.sort().map(([name, value]) => [name, isSecretName(name) ? REMOVED : value]))
}

/**
 * Remembers the agent's credentials on this machine, which are those that are brought into clusters: of the login all,
 * of the settings what is called like a secret.
 */
export async function rememberCredentials(env: NodeJS.ProcessEnv, known: KnownSecrets): Promise<void> {
  const folder = credentialFolder(env)
  const read = (name: string) => readFile(join(folder, name), 'utf8').catch(() => '')
  known.add(await read(LOGIN))
  for (const name of ['settings.json', '.claude.json']) {
    const text = await read(name)
    try {
      redactObject(JSON.parse(text || '{}'), known)
    } catch {
      known.add(text)
    }
  }
}
