import { readFile } from 'node:fs/promises'
import type { ClientOptions } from '@kubectl-gc/kube'
import { describeIdentity } from '@kubectl-gc/kube'
import { type KnownSecrets, REMOVED } from '../redact/known.ts'
import { isSecretName } from '../redact/names.ts'

type Table = Record<string, unknown>

/** What a cluster's, a context's and a user's entry may show. All else is told by its name only. */
const shown = {
  clusters: [
    'server',
    'tls-server-name',
    'insecure-skip-tls-verify',
    'proxy-url',
    'certificate-authority',
    'disable-compression',
  ],
  contexts: ['cluster', 'user', 'namespace'],
  users: ['client-certificate', 'client-key', 'tokenFile', 'as'],
} as const

/**
 * The kubeconfig files that are in use, with what is not secret of them: names, servers, paths, and which kind of
 * credentials each user has.
 * @param known gets the credentials
 */
export async function kubeconfigFiles(options: ClientOptions, known: KnownSecrets): Promise<object> {
  const { server, context, namespace, searched, files } = await describeIdentity(options)
  const { parse } = await import('yaml')
  const read = files.map(async (path) => ({ path, ...outline(parse(await readFile(path, 'utf8')), known) }))
  return { inUse: { server, context, namespace }, searched, files: await Promise.all(read) }
}

/** What of a kubeconfig is shown. */
export function outline(config: unknown, known: KnownSecrets): object {
  const table = asTable(config)
  const entries = (section: keyof typeof shown, key: string) =>
    (Array.isArray(table[section]) ? table[section] : []).map((entry: unknown) => {
      const { name, [key]: content } = asTable(entry)
      return { name, ...fields(asTable(content), shown[section], known) }
    })
  return {
    'current-context': table['current-context'],
    clusters: entries('clusters', 'cluster'),
    contexts: entries('contexts', 'context'),
    users: entries('users', 'user'),
  }
}

function fields(content: Table, may: readonly string[], known: KnownSecrets): Table {
  return Object.fromEntries(
    Object.entries(content).map(([key, value]) => {
      if (may.includes(key)) return [key, value]
      if (key === 'exec') return [key, execOutline(asTable(value), known)]
      remember(value, known)
      return [key, REMOVED]
    }),
  )
}

/** How credentials are had from a program. Its arguments and variables may hold what it has them for. */
function execOutline({ command, apiVersion, interactiveMode, args, env }: Table, known: KnownSecrets): Table {
  const variables = (Array.isArray(env) ? env : []).map(asTable)
  for (const { name, value } of variables) if (isSecretName(String(name))) remember(value, known)
  const words = (Array.isArray(args) ? args : []).map(String)
  for (const [index, word] of words.entries()) {
    const [option = '', value] = word.split(/=(.*)/s, 2)
    if (option.startsWith('-') && isSecretName(option)) remember(value ?? words[index + 1], known)
  }
  const hidden = `${words.length} ${REMOVED}`
  return { command, apiVersion, interactiveMode, args: hidden, env: variables.map(({ name }) => name) }
}

function remember(value: unknown, known: KnownSecrets): void {
  if (typeof value === 'string') {
    known.add(value)
    known.add(Buffer.from(value, 'base64'))
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) remember(part, known)
  }
}

function asTable(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {}
}
