import { statSync } from 'node:fs'

/** The variables that lead to the kubeconfig, to the API server and to the roots that its certificate is checked by. */
const VARIABLES = [
  'KUBECONFIG',
  'HOME',
  'USERPROFILE',
  'GC_K8S_CONTEXT',
  'KUBERNETES_SERVICE_HOST',
  'KUBERNETES_SERVICE_PORT',
  'HTTPS_PROXY',
  'https_proxy',
  'HTTP_PROXY',
  'http_proxy',
  'NO_PROXY',
  'no_proxy',
  'NODE_EXTRA_CA_CERTS',
  'NODE_OPTIONS',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'SSL_CERT_DIR',
  'SSL_CERT_FILE',
]

/** What a credential plugin hardly depends on, and what differs from call to call. */
const CASUAL = /^(_|SHLVL|PWD|OLDPWD|TERM|COLUMNS|LINES|SSH_.*|TMUX.*|WINDOWID|npm_.*|GC_.*)$/

/** Everything in the environment that a caller's identity depends on where no credential plugin sees all of it. */
export function identityVariables(env: NodeJS.ProcessEnv, directory = () => process.cwd()): string {
  const values = VARIABLES.map((name) => env[name] ?? null)
  const isAbsolute = (env.KUBECONFIG ?? '/').split(':').every((path) => path === '' || path.startsWith('/'))
  return JSON.stringify([values, isAbsolute ? null : directory()])
}

/** Everything in the environment that a credential plugin's answer may depend on. */
export function pluginVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !CASUAL.test(entry[0]),
  )
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What tells a file's content from what it was before; `-` where there is none. */
export function signature(path: string): string {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true })
    return [dev, ino, size, mtimeNs, ctimeNs].join(':')
  } catch {
    return '-'
  }
}

export type Signatures = Record<string, string>

export function signatures(files: readonly string[]): Signatures {
  return Object.fromEntries([...new Set(files)].map((path) => [path, signature(path)]))
}

/** Milliseconds within which a file system may give two changes the same time. */
const GRAIN = 2000

/** Whether the signatures would show any change from now on: not when a file has just been changed. */
export function isSettled(files: Signatures, now = Date.now()): boolean {
  return Object.values(files).every((text) => {
    const changed = text.split(':')[4]
    return changed === undefined || now - Number(BigInt(changed) / 1_000_000n) > GRAIN
  })
}
