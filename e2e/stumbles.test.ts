import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { createNamespace } from './support/namespace.ts'
import { createQuota } from './support/quota.ts'
import { environment, type Result, run, succeed } from './support/run.ts'
import { test as base } from './support/test.ts'

interface Fixtures {
  folder: string
  /** Types a command; it must fail with one line that names what is wrong, and one with the next step. */
  stumble(command: string, env?: Record<string, string>): Promise<{ said: string; next: string }>
  /** Types the command that an error ended in, which must work. */
  follow(next: string, env?: Record<string, string>): Promise<Result>
  /** A kubeconfig like the tests' own, with this user and server. */
  kubeconfig(change: { user?: object; server?: string }): Promise<string>
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants a destructured parameter
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'gc-stumble-'))
    await use(folder)
    await rm(folder, { recursive: true })
  },
  stumble: async ({ namespace }, use) => {
    await use(async (command, env = {}) => stumbled(await shell(command, { GC_K8S_NAMESPACE: namespace, ...env })))
  },
  follow: async ({ namespace }, use) => {
    await use(async (next, env = {}) => {
      const [, command = ''] = /((?:kubectl|gc-session-k8s) [^;`]*)/.exec(next) ?? []
      const result = await shell(command, { GC_K8S_NAMESPACE: namespace, ...env })
      expect({ command, ...result }).toMatchObject({ exitCode: 0 })
      return result
    })
  },
  kubeconfig: async ({ folder }, use) => {
    await use(async ({ user, server }) => {
      const config = JSON.parse(await succeed('kubectl', ['config', 'view', '--raw', '--minify', '-o', 'json']))
      if (user !== undefined) config.users[0].user = user
      if (server !== undefined) config.clusters[0].cluster = { server }
      const path = join(folder, 'kubeconfig')
      await writeFile(path, JSON.stringify(config), { mode: 0o600 })
      return path
    })
  },
})

/** What a command that must have failed said, and the next step that it named. */
function stumbled({ exitCode, stdout, stderr }: Result): { said: string; next: string } {
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
  const [said = '', ...more] = stderr.trimEnd().split('\n')
  const next = more.at(-1) ?? ''
  expect(said).toMatch(/^error: ./)
  expect(next).toMatch(/^Try: ./)
  return { said, next }
}

const shell = (command: string, env: Record<string, string>) => run('bash', ['-c', command], { env })

test.concurrent('no cluster answers', async ({ stumble, follow, kubeconfig }) => {
  const KUBECONFIG = await kubeconfig({ server: await closedPort() })
  const { said, next } = await stumble('kubectl gc list', { KUBECONFIG })
  expect(said).toMatch(/cannot reach the API server http:\/\/127\.0\.0\.1:\d+: connection refused/)
  await follow(next)
})

test.concurrent('no kubeconfig', async ({ stumble, folder }) => {
  const { said, next } = await stumble('kubectl-gc list', { KUBECONFIG: '', HOME: folder })
  expect(said).toContain(`no kubeconfig at ${folder}/.kube/config`)
  expect(next).toContain('kind create cluster')
})

test.concurrent('the wrong context', async ({ stumble, follow }) => {
  const { said, next } = await stumble('kubectl gc list --context production')
  expect(said).toMatch(/no context "production" in .*; there are: ./)
  expect((await follow(next)).stdout).toContain('CURRENT')
})

test.concurrent('nothing is installed', { timeout: 300_000 }, async ({ stumble, follow, namespace }) => {
  const own = `${namespace}-new`
  const env = { GC_K8S_NAMESPACE: own }
  try {
    for (const command of ['kubectl gc list', 'kubectl gc start mayor -- cat']) {
      const { said, next } = await stumble(command, env)
      expect(said).toContain(`"${own}"`)
      expect(next).toContain(`kubectl gc install --namespace ${own}`)
    }
    const { next } = await stumble('kubectl gc list', env)
    await follow(`${next} --cpu-request 10m --memory-request 32Mi`, env)
    expect((await shell('kubectl gc start mayor -- cat', env)).stdout).toBe('session/mayor started\n')
  } finally {
    await run('kubectl', ['delete', 'namespace', own, '--wait=false'])
  }
})

test.concurrent('no such image', async ({ stumble, follow }) => {
  const { said, next } = await stumble('kubectl gc start pictured --image registry.invalid/agent:9 -- cat')
  expect(said).toContain('the image "registry.invalid/agent:9" cannot be pulled')
  expect((await follow(next)).stdout).toContain(environment.GC_K8S_IMAGE)
})

test.concurrent('an image without tmux', async ({ stumble }) => {
  const { next } = await stumble('kubectl gc start bare --image debian:bookworm-slim -- cat')
  expect(next).toContain('tmux')
})

test.concurrent('no permission', async ({ expect, follow, namespace }) => {
  const someone = `${namespace}-someone`
  const list = () => shell(`kubectl gc list --as ${someone}`, { GC_K8S_NAMESPACE: namespace })
  for (const grants of [1, 2, 3, 4, 5, 6]) {
    const listed = await list()
    if (listed.exitCode === 0) return
    const { said, next } = stumbled(listed)
    expect(said).toContain(`User "${someone}" cannot`)
    expect(grants).toBeLessThan(6)
    await shell(next.replace('Try: ', ''), {}).then(({ stderr }) => expect(stderr).toBe(''))
    await expect.poll(async () => (await list()).stderr).not.toContain(said)
    await follow('kubectl auth can-i list pods')
  }
})

test.concurrent('a typo in a name', async ({ stumble, follow, gc }) => {
  expect(await gc(['start', 'mayor', '--command', 'cat'])).toMatchObject({ exitCode: 0 })
  const { said, next } = await stumble('kubectl gc peek mayr')
  expect(said).toContain('session "mayr" is not running')
  expect(next).toBe('Try: kubectl gc peek mayor')
  await follow(next)
  expect((await stumble('kubectl gc pek mayor')).next).toBe('Try: kubectl gc peek')
})

test.concurrent('an expired token', async ({ stumble, follow, kubeconfig }) => {
  const KUBECONFIG = await kubeconfig({ user: { token: 'expired' } })
  const { said, next } = await stumble('kubectl gc list', { KUBECONFIG })
  expect(said).toContain('Unauthorized')
  await follow(next) // with the credentials of who has logged in again
})

test.concurrent('a full quota', async ({ stumble, follow, namespace }) => {
  const own = `${namespace}-full`
  const env = { GC_K8S_NAMESPACE: own }
  try {
    await createNamespace(own)
    await createQuota(own)
    const { said, next } = await stumble('kubectl gc start second -- cat', env)
    expect(said).toContain('exceeded quota: none')
    expect((await follow(next.replace(/.*or raise/, ''))).stdout).toMatch(/pods +0 +0/)
  } finally {
    await run('kubectl', ['delete', 'namespace', own, '--wait=false'])
  }
})

test.concurrent('an agent that crashes', async ({ expect, stumble, follow, gc }) => {
  const { said, next } = await stumble("kubectl gc start fragile -- sh -c 'echo no licence; exit 3'")
  expect(said).toContain('the agent ended with exit code 3')
  await follow(next)
  expect(await gc(['nudge', 'fragile', 'echo "here I am"'])).toMatchObject({ exitCode: 0 })
  await expect.poll(async () => (await gc(['peek', 'fragile'])).stdout).toContain('\nhere I am')
})

test.concurrent('two cities in one namespace', async ({ stumble, follow, namespace }) => {
  const city = (name: string) => ({ GC_CITY: `/cities/${name}`, GC_K8S_NAMESPACE: namespace })
  expect(await shell('kubectl gc start shared -- cat', city('first'))).toMatchObject({ exitCode: 0 })
  const { said, next } = await stumble('kubectl gc start shared -- cat', city('second'))
  expect(said).toMatch(/already exists .*belongs to another city \(first-.*this one is second-/)
  expect(next).toMatch(/kubectl gc install --namespace second-\w+; or the session another name/)
  await follow('kubectl gc start shared-2 -- cat', city('second'))
})

async function closedPort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}
