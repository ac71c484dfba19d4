import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Secret } from '@kubectl-gc/manifests/kubernetes'
import { test as base, expect } from 'vitest'
import { gc } from '../support/gc.ts'
import { MemoryCluster } from '../support/memory-cluster.ts'

/** The time in the tests' world. */
const now = Date.parse('2026-01-01T02:00:00Z')
const planted = 'sk-ant-oat01-do-not-print-me'

interface World {
  folder: string
  cluster: MemoryCluster
  login: (more?: object) => Promise<void>
  secrets: (...args: string[]) => Promise<{ code: number; stdout: string; stderr: string }>
}

const test = base.extend<World>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures a function needs from its pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'secrets-test-'))
    await mkdir(join(folder, '.claude'))
    await use(folder)
    await rm(folder, { recursive: true })
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  cluster: async ({}, use) => use(new MemoryCluster()),
  login: async ({ folder }, use) => {
    await use((more = {}) => {
      const claudeAiOauth = { accessToken: planted, refreshToken: planted, expiresAt: now + 8 * 3_600_000, ...more }
      return writeFile(join(folder, '.claude', '.credentials.json'), JSON.stringify({ claudeAiOauth }))
    })
  },
  secrets: async ({ folder, cluster }, use) => {
    await use(async (...args) => {
      const { code, stdout, stderr } = await gc(['secrets', ...args], { client: cluster.client, env: { HOME: folder } })
      expect(stdout + stderr).not.toContain(planted)
      expect(stdout + stderr).not.toContain(planted.slice(-8))
      return { code, stdout, stderr }
    })
  },
})

const stored = (cluster: MemoryCluster) => cluster.objects.get('secrets/gc/claude-credentials') as Secret

test('sync brings the files that an agent needs, and no other', async ({ folder, cluster, login, secrets }) => {
  await login()
  for (const name of ['settings.json', '.claude.json', 'history.json', 'CLAUDE.md']) {
    await writeFile(join(folder, '.claude', name), '{}')
  }
  await mkdir(join(folder, '.claude', 'projects'))
  expect(await secrets('sync')).toEqual({
    code: 0,
    stdout: expect.stringMatching(
      /^secret\/claude-credentials created: \.credentials\.json \(\d+ B\), settings\.json \(2 B\), \.claude\.json \(2 B\)\n$/,
    ),
    stderr: '',
  })
  expect(Object.keys(stored(cluster).data ?? {})).toEqual(['.credentials.json', 'settings.json', '.claude.json'])
  expect(Buffer.from(stored(cluster).data?.['.credentials.json'] ?? '', 'base64').toString()).toContain(planted)
})

test('a second sync says what it changed, and status how old it is', async ({ login, secrets, cluster }) => {
  await login()
  await secrets('sync')
  expect((await secrets('sync')).stdout).toMatch(/ unchanged: /)
  expect((await secrets('status')).stdout).toBe(
    `${[
      'Secret:         claude-credentials',
      'Namespace:      gc',
      `Files:          .credentials.json (${Buffer.from(stored(cluster).data?.['.credentials.json'] ?? '', 'base64').length} B)`,
      'Synced:         0s ago',
      'Login:          expires in 8h; an agent can renew it',
      'This machine:   the same',
    ].join('\n')}\n`,
  )
  await login({ expiresAt: now + 9 * 3_600_000 })
  expect((await secrets('status')).stdout).toContain('This machine:   .credentials.json differs\n')
  expect((await secrets('sync')).stdout).toMatch(/ configured: /)
})

test.for([
  [{ expiresAt: now + 1_800_000 }, 'expires in 30m; an agent can renew it'],
  [{ expiresAt: now - 3 * 3_600_000 }, 'expired 3h ago; an agent can renew it'],
  [{ expiresAt: now - 3 * 3_600_000, refreshToken: '' }, 'expired 3h ago; it cannot be renewed'],
  [{ expiresAt: now - 3 * 3_600_000, refreshToken: null }, 'expired 3h ago; it cannot be renewed'],
] as const)('%j is warned of', async ([more, text], { login, secrets }) => {
  await login(more)
  const warning = `Warning: the login ${text}\n`
  expect(await secrets('sync')).toMatchObject({ code: 0, stderr: warning })
  expect(await secrets('status')).toMatchObject({ code: 0, stderr: warning, stdout: expect.stringContaining(text) })
})

test('a login that does not say when it expires is not warned of', async ({ login, secrets }) => {
  await login({ expiresAt: 'never' })
  expect(await secrets('sync')).toMatchObject({ code: 0, stderr: '' })
  expect((await secrets('status')).stdout).toContain('Login:          does not say when it expires\n')
})

test('files that are too large are named with their sizes, and nothing is sent', async ({
  folder,
  cluster,
  login,
  secrets,
}) => {
  await login()
  await writeFile(join(folder, '.claude', '.claude.json'), JSON.stringify('x'.repeat(1024 * 1024)))
  const { code, stderr } = await secrets('sync')
  expect(code).toBe(1)
  expect(stderr).toMatch(
    /do not fit into a Secret, which holds 1\.0 MiB: \.credentials\.json \(\d+ B\), \.claude\.json \(1\.0 MiB\)/,
  )
  expect(cluster.objects.size).toBe(0)
})

test('what is no JSON is refused without a word of it, at any verbosity', async ({ folder, cluster, secrets }) => {
  await writeFile(join(folder, '.claude', '.credentials.json'), `${planted} is no JSON`)
  const { code, stderr } = await secrets('sync', '--v', '9')
  expect(code).toBe(1)
  expect(stderr).toContain('.credentials.json is not JSON')
  expect(cluster.objects.size).toBe(0)
})

test('no login and no Secret are each told, with what helps', async ({ folder, secrets }) => {
  const none = await secrets('sync')
  expect(none.stderr).toMatch(/^error: there is no \.credentials\.json in .*\.claude: .*\nTry: log in with claude/)
  const elsewhere = await secrets('sync', '--from', join(folder, 'nowhere'))
  expect(elsewhere.stderr).toContain(`there is no .credentials.json in ${join(folder, 'nowhere')}`)
  const status = await secrets('status')
  expect(status).toMatchObject({ code: 1, stdout: '' })
  expect(status.stderr).toBe(
    'error: namespace gc has no secret/claude-credentials\nTry: kubectl gc secrets sync --namespace gc\n',
  )
})
