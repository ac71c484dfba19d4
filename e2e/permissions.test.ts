import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { callVerb } from './support/call-verb.ts'
import { documented } from './support/documented.ts'
import { identities, type Permission, permissionsIn, renderedRules, without } from './support/identity.ts'
import { ALL, type Call, claimOfNothing, type Probe, probes, shell } from './support/permission-probes.ts'
import { type Result, run, succeed } from './support/run.ts'
import { test as base } from './support/test.ts'
import { inParallel, presentVerbs, verbCalls } from './support/verb-calls.ts'

const rules = await renderedRules('gc-controller')
const permissions = permissionsIn(rules)
const nameOf = ({ title }: Permission) => `without-${title.replaceAll(/[^a-z]+/g, '-')}`

const test = base.extend<{ as: Call } & { kubeconfigs: Record<string, string> }>({
  kubeconfigs: [
    async ({ namespace }, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'gc-e2e-'))
      const reduced = permissions.map((permission) => [nameOf(permission), without(rules, permission)] as const)
      const kubeconfigs = await identities(namespace, folder, { ...Object.fromEntries(reduced), [ALL]: rules })
      const listed = () => run('kubectl', ['--kubeconfig', kubeconfigs[ALL] ?? '', '-n', namespace, 'get', 'pods'])
      await expect.poll(async () => (await listed()).exitCode).toBe(0)
      await use(kubeconfigs)
      await rm(folder, { recursive: true })
    },
    { scope: 'file' },
  ],
  as: async ({ namespace, kubeconfigs }, use) => {
    await use((account, verb, args = [], stdin, env = {}) => {
      const identity = { KUBECONFIG: kubeconfigs[account] ?? '', GC_K8S_NAMESPACE: namespace, GC_CITY: '', ...env }
      return callVerb(verb, stdin === undefined ? { args } : { args, stdin }, identity)
    })
  },
})

/** `works` or `refused`, by verb, then permission that is missing. */
const table = new Map<string, Map<string, string>>()
const STARTING = ['start', 'provision', 'stop']
/** One of each kind, for every run; a full one takes them all. */
const REPRESENTATIVES = ['peek', 'list-running', 'check-image', 'start', 'stop']
const FULL = process.env.KUBECTL_GC_TEST_FULL !== undefined || process.env.KUBECTL_GC_WRITE_DOCS !== undefined

/** The verdict on a verb: it worked, or it names exactly the permission that is missing. */
function verdict(result: Result, missing: Permission | undefined): string {
  if (result.exitCode === 0) return 'works'
  const [line = '', hint = ''] = result.stderr.trimStart().split('\n')
  const named = missing?.verbs.some((verb) => line.includes(`cannot ${verb} resource "${missing.resource}"`)) === true
  const helps = /^Try: kubectl -n \S+ create role \S+ --verb=\S+ --resource=\S+ && kubectl .* --serviceaccount=/
  return named && helps.test(hint) ? 'refused' : `exit code ${result.exitCode}: ${result.stderr}`
}

const patience = { timeout: FULL ? 600_000 : 120_000 }

test(
  'each verb works with the whole Role, and names what is missing without a part of it',
  patience,
  async ({ as, verb }) => {
    const present = await presentVerbs()
    await verb(['provision', 'staging'], '{}') // runs without a `main`, so that whoever lists must ask its tmux
    const cell = (name: string, missing: Permission | undefined, result: Result) => {
      const row = table.get(name) ?? new Map<string, string>()
      table.set(name, row.set(missing?.title ?? ALL, verdict(result, missing)))
    }
    await inParallel([undefined, ...permissions], 5, async (missing) => {
      const account = missing === undefined ? ALL : nameOf(missing)
      const own = account.slice(0, 40)
      const calls = verbCalls(own)
      const verbs = missing === undefined || FULL ? present : present.filter((name) => REPRESENTATIVES.includes(name))
      const started = await as(account, 'start', [own], shell)
      cell('start', missing, started)
      if (started.exitCode !== 0) await verb(['start', own], shell)
      for (const name of verbs.filter((one) => !STARTING.includes(one))) {
        cell(name, missing, await as(account, name, calls[name]?.args, calls[name]?.stdin))
      }
      cell('stop', missing, await as(account, 'stop', [own]))
      await verb(['stop', own])
      if (verbs.includes('provision')) {
        cell('provision', missing, await as(account, 'provision', [own], '{}'))
        await verb(['stop', own])
      }
    })
    await verb(['stop', 'staging'])
    const verdicts = [...table].flatMap(([name, row]) =>
      [...row].map(([missing, what]) => `${name}, ${missing}: ${what}`),
    )
    expect(verdicts.filter((one) => !/: (works|refused)$/.test(one))).toEqual([])
    expect([...table.values()].map((row) => row.get(ALL)).filter((one) => one !== 'works')).toEqual([])
  },
)

test('what verbs do with a permission besides is gone without it', { timeout: 300_000 }, async ({
  as,
  kubectl,
  namespace,
  onTestFinished,
}) => {
  onTestFinished(async () => void (await succeed('kubectl', ['delete', 'pv', namespace, '--wait=false'])))
  await claimOfNothing(namespace)
  const all = probes(kubectl)
  const runs = all.flatMap((probe, index) => [
    { probe, account: ALL, name: `probe-${index}`, expected: true },
    {
      probe,
      account: `without-${probe.missing.replaceAll(/[^a-z]+/g, '-')}`,
      name: `probed-${index}`,
      expected: false,
    },
  ])
  await inParallel(runs, 4, async ({ probe, account, name, expected }) => {
    expect
      .soft({ account, does: probe.does, seen: await probe.seen(as, account, name) })
      .toMatchObject({ seen: expected })
    await as(ALL, 'stop', [name])
  })
})

test('nothing is granted that no verb uses', async ({ kubectl }) => {
  const refusing = permissions.filter(({ title }) => [...table.values()].some((row) => row.get(title) === 'refused'))
  const used = [...refusing.map(({ title }) => title), ...probes(kubectl).map(({ missing }) => missing)]
  expect(permissions.map(({ title }) => title).filter((title) => !used.includes(title))).toEqual([])
})

test.for(['list pods', 'get and create pods/exec'])(
  'without %s, the command that is told grants it',
  async (title, { as, verb }) => {
    await verb(['start', 'granted'], shell)
    const account = `without-${title.replaceAll(/[^a-z]+/g, '-')}`
    const refused = await as(account, 'peek', ['granted', '1'])
    expect(refused.exitCode).toBe(1)
    await succeed('sh', ['-c', /^Try: (.*)$/m.exec(refused.stderr)?.[1] ?? 'false'])
    await expect.poll(async () => (await as(account, 'peek', ['granted', '1'])).exitCode).toBe(0)
    await verb(['stop', 'granted'])
  },
)

test('the page tells what was seen', async ({ kubectl }) => {
  const judged = [...table].filter(([, row]) => row.size > 1).map(([name]) => name)
  const notJudged = (line: string) =>
    line.startsWith('| `') && !judged.some((name) => line.startsWith(`| \`${name}\` |`))
  await documented('permissions.md', page(probes(kubectl)), (text) =>
    text.replaceAll(/^.*$/gm, (line) => (notJudged(line) ? '' : line)).replaceAll(/\n+/g, '\n'),
  )
})

function page(besides: Probe[]): string {
  const titles = permissions.map(({ title }) => title)
  const mark = (what: string | undefined) => (what === 'refused' ? '**refused**' : (what ?? ''))
  const rows = [...table].map(
    ([name, row]) => `| \`${name}\` | ${titles.map((title) => mark(row.get(title))).join(' | ')} |\n`,
  )
  const lines = besides.map(({ missing, verb, does }) => `| ${missing} | \`${verb}\` | ${does} |\n`)
  return `# Permissions

<!-- Written by e2e/permissions.test.ts with KUBECTL_GC_WRITE_DOCS=1. -->

\`kubectl gc install\` makes the service account \`gc-controller\` and the Role of the same name, which holds what the verbs of \`gc-session-k8s\` use and nothing else. The Role \`gc-controller-city\` beside it is for a gc that runs in the cluster: its event log in ConfigMaps, and the pods that its own provider updates.

Each verb under the Role without one of its permissions. A verb that is refused ends with exit code 1, names the permission, and tells the command that grants it.

| verb | ${titles.map((title) => `without ${title}`).join(' | ')} |
|---|${titles.map(() => '---|').join('')}
${rows.join('')}
\`get\` and \`create\` on \`pods/exec\` count as one: an exec over a websocket is an HTTP GET, which some API servers take for the one and some for the other.

Some permissions are used only at times, or for people to see. Without them:

| without | verb | no longer |
|---|---|---|
${lines.join('')}`
}
