import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { documented } from './support/documented.ts'
import * as server from './support/failing-server.ts'
import { quickest } from './support/patience.ts'
import { run } from './support/run.ts'
import { inParallel, presentVerbs, verbCalls } from './support/verb-calls.ts'

const SESSION = 'mayor'
const environment = { GC_K8S_NAMESPACE: 'gc', GC_K8S_CONTEXT: '', GC_CITY: '' }
/** Seconds that a process may take to begin and end on a busy machine: less than the default time of a verb. */
const PROCESS = 8
const DEFAULT_TIMEOUT = 10

const NO_CLUSTER = ['protocol']
const NO_EXEC = [...NO_CLUSTER, 'start', 'provision', 'stop', 'check-image']

interface Condition {
  what: string
  open: () => Promise<server.FailingServer>
  /** What the first line of standard error has, with `<server>` for the URL. */
  says: string[]
  without: string[]
  /** GC_K8S_TIMEOUT in seconds, where an answer is waited for in vain; else the default, which none may come near. */
  timeout?: number
}

const conditions: Condition[] = [
  {
    what: 'nothing listens',
    open: server.refusing,
    says: ['cannot reach the API server <server>: connection refused'],
    without: NO_CLUSTER,
  },
  { what: 'never answers', open: server.silent, says: ['within', '<server>'], without: NO_CLUSTER, timeout: 1 },
  {
    what: 'breaks off its answers',
    open: server.cutting,
    says: ['lost the connection to the API server <server>'],
    without: NO_CLUSTER,
  },
  ...[
    [401, 'Unauthorized', 'Unauthorized'] as const,
    [
      403,
      'Forbidden',
      'pods is forbidden: User "x" cannot list resource "pods" in API group "" in the namespace "gc"',
    ] as const,
    [429, 'TooManyRequests', 'too many requests, please try again later'] as const,
    [500, 'InternalError', 'etcdserver: request timed out'] as const,
    [503, 'ServiceUnavailable', 'the server is currently unable to handle the request'] as const,
  ].map(([code, reason, message]) => ({
    what: `answers ${code}`,
    open: () => server.failing(code, reason, message),
    says: [code === 403 ? message : `the API server <server> answers: ${message}`],
    without: NO_CLUSTER,
  })),
  {
    what: 'exec: never answers',
    open: () => server.failingExec(SESSION, () => {}),
    says: ['<server>', 'within'],
    without: NO_EXEC,
    timeout: 1,
  },
  {
    what: 'exec: answers 500',
    open: () =>
      server.failingExec(SESSION, (socket) =>
        socket.end('HTTP/1.1 500 Internal Server Error\r\ncontent-length: 4\r\n\r\nboom'),
      ),
    says: ['boom'],
    without: NO_EXEC,
  },
  {
    what: 'exec: breaks off',
    open: () => server.failingExec(SESSION, (socket) => socket.destroy()),
    says: ['the API server <server>'],
    without: NO_EXEC,
  },
]

const calls = verbCalls(SESSION)
/** Exit code and seconds by verb, then condition. */
const table = new Map<string, Map<string, string>>()
let present: string[] = []
let folder = ''

beforeAll(async () => {
  present = await presentVerbs()
  folder = await mkdtemp(join(tmpdir(), 'gc-e2e-'))
  return () => rm(folder, { recursive: true })
})

test('every verb is here', () => {
  expect(present.filter((verb) => !(verb in calls))).toEqual([])
})

test.for(conditions)(
  'an API server that $what: exit code 1 and the reason, in time, from every verb',
  async (condition) => {
    await using api = await condition.open()
    const kubeconfig = join(folder, condition.what.replaceAll(/\W/g, '-'))
    await writeFile(kubeconfig, configFor(api.url))
    const verbs = present.filter((verb) => !condition.without.includes(verb))
    const { timeout = DEFAULT_TIMEOUT } = condition
    const env = { ...environment, KUBECONFIG: kubeconfig, GC_K8S_TIMEOUT: `${timeout}s` }
    await inParallel(verbs, 4, async (verb) => {
      const { args, stdin } = calls[verb] ?? { args: [] }
      const limit = condition.timeout === undefined ? DEFAULT_TIMEOUT : timeout + PROCESS
      const milliseconds = await quickest(limit * 1000, async () => {
        const started = performance.now()
        const result = await run('gc-session-k8s', [verb, ...args], { stdin, env })
        const [line = ''] = result.stderr.split('\n')
        const { exitCode, stdout } = result
        expect.soft({ verb, exitCode, stdout }).toEqual({ verb, exitCode: 1, stdout: '' })
        expect.soft(line, verb).toMatch(/^gc-session-k8s: cannot /)
        for (const part of condition.says) expect.soft(line, verb).toContain(part.replace('<server>', api.url))
        return performance.now() - started
      })
      expect.soft(milliseconds, verb).toBeLessThan(limit * 1000)
      const row = table.get(verb) ?? new Map<string, string>()
      table.set(verb, row.set(condition.what, `1 (${(milliseconds / 1000).toFixed(1)} s)`))
    })
  },
)

test('a server that never finishes the TLS handshake is given up after the time to connect', async () => {
  await using api = await server.silent()
  const kubeconfig = join(folder, 'tls')
  await writeFile(kubeconfig, configFor(api.url.replace('http:', 'https:')))
  const limit = DEFAULT_TIMEOUT * 1000
  const milliseconds = await quickest(limit, async () => {
    const started = performance.now()
    const env = { KUBECONFIG: kubeconfig, GC_K8S_CONTEXT: '' }
    const result = await run('gc-session-k8s', ['is-running', SESSION], { env })
    expect(result).toMatchObject({ exitCode: 1, stdout: '' })
    expect(result.stderr).toContain('cannot reach the API server')
    return performance.now() - started
  })
  expect(milliseconds).toBeLessThan(limit)
})

test('the page tells what was seen', async () => {
  await documented('failures.md', page(), (text) => text.replaceAll(/ \([0-9.]+ s\)/g, ''))
})

function configFor(url: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server: url } }],
    users: [{ name: 'u', user: { token: 't' } }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'c',
  })
}

function page(): string {
  const titles = conditions.map(({ what }) => what)
  const rows = present
    .filter((verb) => table.has(verb))
    .map((verb) => `| \`${verb}\` | ${titles.map((title) => table.get(verb)?.get(title) ?? '').join(' | ')} |\n`)
  const messages = conditions.map(
    ({ what, says }) => `| ${what} | ${says.map((part) => `\`${part}\``).join(' and ')} |\n`,
  )
  return `# When the API server fails

<!-- Written by e2e/failures.test.ts with KUBECTL_GC_WRITE_DOCS=1. -->

What each verb of \`gc-session-k8s\` does: its exit code, and the seconds that it took, process included; where an answer is waited for in vain, with \`GC_K8S_TIMEOUT=1s\`. No verb prints anything on standard output, so a failure never looks like "no" or like an empty list. \`exec\` columns: the API server answers, and only the way into the pod fails; verbs that do not go there have no entry.

| verb | ${titles.join(' | ')} |
|---|${titles.map(() => '---|').join('')}
${rows.join('')}
The first line of standard error says what could not be done, and why:

| the API server | the line has |
|---|---|
${messages.join('')}
With the default times, connecting is given up after 3 s, a session verb after 10 s, and \`start\` after 55 s: see \`GC_K8S_TIMEOUT\` in [variables](variables.md). Reads are tried again after 429 and 5xx within that time; what may have been carried out is never repeated.
`
}
