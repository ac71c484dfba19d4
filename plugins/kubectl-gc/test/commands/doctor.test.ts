import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiError, ConnectionError } from '@kubectl-gc/kube'
import { test as base, expect } from 'vitest'
import { folderWith } from '../support/city.ts'
import { gc, type World } from '../support/gc.ts'
import { credentialsSecret, HealthyClient } from '../support/healthy-client.ts'

const test = base.extend<{
  doctor: (client: HealthyClient, argv?: string[], env?: World['env']) => ReturnType<typeof look>
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants a destructured parameter
  doctor: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'gc-doctor-'))
    await use((client, argv = [], env = {}) => look(client, argv, { XDG_RUNTIME_DIR: folder, ...env }))
    rmSync(folder, { recursive: true })
  },
})

async function look(client: HealthyClient, argv: string[], env: NodeJS.ProcessEnv) {
  const { code, stdout, stderr } = await gc(['doctor', '-o', 'json', ...argv], { client, env })
  const { checks } = JSON.parse(stdout) as {
    checks: { check: string; verdict: string; message: string; fix?: string }[]
  }
  const wrong = checks.filter(({ verdict }) => verdict === 'failed' || verdict === 'warning')
  return { code, stderr, checks, wrong }
}

const forbidden = (message: string) => new ApiError({ code: 403, reason: 'Forbidden', message })

test('a healthy cluster passes every check', async ({ doctor }) => {
  const { code, checks, wrong } = await doctor(new HealthyClient())
  expect({ code, wrong }).toEqual({ code: 0, wrong: [] })
  expect(checks.map(({ check, verdict }) => `${check} ${verdict}`)).toEqual([
    ...['kubectl gc ok', 'broker ok', 'city ok', 'cluster ok', 'clock ok', 'namespace ok', 'permissions ok', 'pod ok'],
    ...['quota ok', 'image skipped', 'dolt ok', 'credentials ok'],
  ])
})

test('people read lines, with what to do under each failure', async () => {
  const client = new HealthyClient()
  client.objects.delete('pods/dolt-0')
  const { code, stdout } = await gc(['doctor'], { client, env: { GC_K8S_BROKER: 'off' } })
  expect(code).toBe(1)
  expect(stdout).toMatch(/^ok {7}broker {7}switched off \(GC_K8S_BROKER\)$/m)
  expect(stdout).toMatch(
    /^failed {3}dolt {9}there is none in namespace gc\n {22}Try: kubectl gc install --namespace gc$/m,
  )
})

type Break = (client: HealthyClient) => void
const broken: [string, Break, string, RegExp, RegExp][] = [
  [
    'cluster',
    (c) => Object.assign(c.version, { minor: '29+', gitVersion: 'v1.29.1' }),
    'failed',
    /v1\.29\.1.*1\.30/,
    /upgrade/,
  ],
  ['clock', (c) => Object.assign(c, { time: new Date('2026-01-01T01:50:00Z') }), 'failed', /600 s ahead of/, /set-ntp/],
  ['clock', (c) => Object.assign(c, { time: new Date('2026-01-01T02:00:10Z') }), 'warning', /10 s behind/, /set-ntp/],
  [
    'namespace',
    (c) => c.objects.delete('namespaces/gc'),
    'failed',
    /no namespace gc/,
    /^kubectl gc install --namespace gc$/,
  ],
  [
    'namespace',
    (c) => c.objects.set('namespaces/gc', { status: { phase: 'Terminating' } }),
    'failed',
    /being deleted/,
    /install/,
  ],
  [
    'permissions',
    (c) => c.denied.add('get pods/exec'),
    'failed',
    /^alice may not get pods\/exec in namespace gc$/,
    /^let an administrator run: kubectl --namespace gc create rolebinding gc-sessions-alice --role=gc-controller --user='alice'$/,
  ],
  [
    'permissions',
    (c) => {
      c.denied.add('list events')
      c.user = 'system:serviceaccount:ci:bot'
      c.objects.delete('roles/gc-controller')
    },
    'failed',
    /list events/,
    /kubectl gc install --namespace gc && .* gc-sessions-system-serviceaccount-ci-bot .*--serviceaccount=ci:bot$/,
  ],
  [
    'pod',
    (c) => c.errors.set('create', forbidden('exceeded quota: q')),
    'failed',
    /refused: exceeded quota/,
    /edit quota/,
  ],
  [
    'pod',
    (c) => c.errors.set('create', forbidden('violates PodSecurity')),
    'failed',
    /violates/,
    /GC_K8S_POD_SECURITY/,
  ],
  [
    'quota',
    (c) =>
      c.objects.set('resourcequotas/q', {
        status: { hard: { pods: '2', cpu: '1' }, used: { pods: '2', cpu: '950m' } },
      }),
    'failed',
    /^used up: pods 2 of 2$/,
    /edit quota/,
  ],
  [
    'quota',
    (c) => c.objects.set('resourcequotas/q', { status: { hard: { memory: '1Gi' }, used: { memory: '1000Mi' } } }),
    'warning',
    /nearly used up: memory 1000Mi of 1Gi/,
    /edit quota/,
  ],
  [
    'dolt',
    (c) => c.objects.set('pods/dolt-0', { metadata: { name: 'dolt-0' } }),
    'failed',
    /dolt-0 is not ready/,
    /describe pod dolt-0/,
  ],
  [
    'dolt',
    (c) => Object.assign(c, { doltExitCode: 1 }),
    'failed',
    /does not answer a query: no such table/,
    /describe pod/,
  ],
  ['dolt', (c) => c.errors.set('exec', new ConnectionError('cut')), 'failed', /cut/, /^undefined$/],
  [
    'credentials',
    (c) => c.objects.delete('secrets/claude-credentials'),
    'warning',
    /no Secret claude-credentials, so agents/,
    /^kubectl gc secrets sync --namespace gc$/,
  ],
  [
    'credentials',
    (c) =>
      c.objects.set('secrets/claude-credentials', credentialsSecret('2025-11-01T00:00:00Z', '2026-02-01T00:00:00Z')),
    'warning',
    /written 61d ago: the login expires in 30d; an agent can renew it/,
    /secrets sync/,
  ],
  [
    'credentials',
    (c) =>
      c.objects.set('secrets/claude-credentials', credentialsSecret('2026-01-01T00:00:00Z', '2026-01-01T01:00:00Z')),
    'warning',
    /expired 60m ago/,
    /secrets sync/,
  ],
  ['credentials', (c) => c.objects.set('secrets/claude-credentials', {}), 'warning', /no \.credentials\.json/, /sync/],
]

test.for(broken)('%s %#', async ([check, breakIt, verdict, message, fix], { doctor }) => {
  const client = new HealthyClient()
  breakIt(client)
  const { code, wrong } = await doctor(client)
  expect(wrong).toHaveLength(1)
  expect(wrong[0]).toMatchObject({ check, verdict, message: expect.stringMatching(message) })
  expect(String(wrong[0]?.fix)).toMatch(fix)
  expect(code).toBe(verdict === 'failed' ? 1 : 0)
})

test('where the server cannot be asked, the rest is skipped', async ({ doctor }) => {
  const client = new HealthyClient()
  Object.assign(client, {
    raw: () => Promise.reject(new ConnectionError('connection refused', { suggestion: 'start it' })),
  })
  const { code, wrong, checks } = await doctor(client)
  expect({ code, wrong }).toEqual({
    code: 1,
    wrong: [{ check: 'cluster', verdict: 'failed', message: 'connection refused', fix: 'start it' }],
  })
  expect(checks.filter(({ verdict }) => verdict === 'skipped')).toHaveLength(8)
})

test('what this user may not look at is skipped, since sessions do not need it', async ({ doctor }) => {
  const client = new HealthyClient()
  for (const what of ['namespaces', 'resourcequotas', 'secrets']) client.errors.set(what, forbidden('no'))
  const { code, checks } = await doctor(client)
  expect(code).toBe(0)
  const skipped = checks.filter(({ verdict }) => verdict === 'skipped').map(({ check }) => check)
  expect(skipped).toEqual(['namespace', 'quota', 'image', 'credentials'])
})

test('an image is asked for on request, and a Dolt elsewhere is not', async ({ doctor }) => {
  const env = { GC_K8S_DOLT_HOST: 'db', GC_K8S_DOLT_PORT: '1' }
  expect((await doctor(new HealthyClient(), ['--image', 'gc-agent:latest'], env)).checks.slice(9, 11)).toEqual([
    { check: 'image', verdict: 'ok', message: 'a node can run "gc-agent:latest"' },
    { check: 'dolt', verdict: 'skipped', message: 'agents are told of one at db:1 (GC_K8S_DOLT_HOST)' },
  ])
  const { code, wrong } = await doctor(new HealthyClient(), ['--image', 'none'])
  expect(code).toBe(1)
  expect(wrong).toMatchObject([{ check: 'image', message: 'no node can run "none": "none" cannot be pulled' }])
})

test("a city's files are tried too", async () => {
  using folder = folderWith({ 'city.toml': '', 'agents/mayor/agent.toml': '' })
  const world = { client: new HealthyClient(), env: { GC_K8S_BROKER: 'off' }, cwd: folder.path }
  expect((await gc(['doctor'], world)).stdout).toMatch(/^ok {7}city {9}gc-city-\w+ in \/.*, one session$/m)
  writeFileSync(join(folder.path, 'agents/mayor/agent.toml'), 'nugde = "x"')
  const { code, stdout } = await gc(['doctor'], world)
  expect(code).toBe(1)
  expect(stdout).toMatch(
    /^failed {3}city {9}agents\/mayor\/agent\.toml: nugde is not known\n {22}Try: did you mean nudge\?$/m,
  )
})
