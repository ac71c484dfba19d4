import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished } from 'vitest'
import { run, succeed } from './support/run.ts'
import { test } from './support/test.ts'

const plugin = fileURLToPath(new URL('../plugins/kubectl-gc', import.meta.url))

test('the npm package installs by itself, without a registry, and kubectl and gc find all that they call', {
  timeout: 300_000,
}, async ({ namespace }) => {
  const folder = await mkdtemp(join(tmpdir(), 'gc-npm-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await succeed('pnpm', ['--dir', plugin, 'pack', '--pack-destination', folder])
  const [tarball = ''] = await readdir(folder)
  await succeed('npm', ['install', '--global', '--offline', '--prefix', folder, join(folder, tarball)])

  const kubectl = dirname((await succeed('sh', ['-c', 'command -v kubectl'])).trim())
  const PATH = [join(folder, 'bin'), dirname(process.execPath), kubectl, '/usr/bin', '/bin'].join(':')
  const XDG_RUNTIME_DIR = join(folder, 'run')
  await mkdir(XDG_RUNTIME_DIR, { mode: 0o700 })
  const env = { PATH, XDG_RUNTIME_DIR, GC_K8S_NAMESPACE: namespace }
  expect(await succeed('kubectl', ['plugin', 'list'], { env })).toContain(join(folder, 'bin', 'kubectl-gc'))
  expect(await succeed('kubectl', ['__complete', 'gc', 'nud'], { env })).toMatch(/^nudge\t/)
  await succeed('gc-session-k8s', ['start', 'mayor'], { env, stdin: JSON.stringify({ command: 'sh' }) })
  expect(await succeed('kubectl', ['gc', 'list', '--output', 'name'], { env })).toBe('session/mayor\n')
  expect(await succeed('gc-session-k8s', ['is-running', 'mayor'], { env })).toBe('true\n')
  const brokers = async () =>
    JSON.parse(await succeed('kubectl', ['gc', 'broker', 'status', '--output', 'json'], { env }))
  await expect.poll(brokers).not.toEqual([])
  expect(await succeed('gc-session-k8s', ['is-running', 'mayor'], { env })).toBe('true\n')
  expect(await succeed('kubectl', ['gc', 'stop', 'mayor'], { env })).toBe('session/mayor stopped\n')
  expect((await run('gc-session-k8s', ['is-running', 'mayor'], { env })).stdout).toBe('false\n')
  await succeed('kubectl', ['gc', 'broker', 'stop'], { env })
})
