import { createReadStream } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { parse } from 'yaml'
import { type Archive, checksums, makeArchive } from '../scripts/release/archive.ts'
import { krewManifest } from '../scripts/release/krew.ts'
import { platformOf, type Target } from '../scripts/release/targets.ts'
import { compiledPrograms } from './support/compiled.ts'
import { identities, renderedRules } from './support/identity.ts'
import { run, succeed } from './support/run.ts'
import { test as base } from './support/test.ts'

const compiled = await compiledPrograms()
const target = `${process.platform}-${process.arch}` as Target
const version = '1.2.3'

/** What is released for this machine, made of the programs that this run of the tests is about. */
const test = base.extend<{ released: { folder: string; archive: Archive } }>({
  released: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest wants a destructured parameter
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'gc-released-'))
      const archive = await makeArchive(target, version, folder, { ready: compiled, level: 1 })
      await writeFile(join(folder, 'SHA256SUMS'), checksums([archive]))
      await use({ folder, archive })
      await rm(folder, { recursive: true })
    },
    { scope: 'file' },
  ],
})

const bare = async () => `${dirname((await succeed('sh', ['-c', 'command -v kubectl'])).trim())}:/usr/bin:/bin`

test.runIf(compiled)('krew’s way: checksum, unpack, link, and kubectl finds it', async ({ released, namespace }) => {
  const { folder, archive } = released
  const manifest = parse(krewManifest({ version, repository: 'https://example.com/gc', archives: [archive] }))
  const [platform] = manifest.spec.platforms
  expect(platform.selector.matchLabels).toEqual(platformOf(target))
  expect(await succeed('sha256sum', [join(folder, archive.file)])).toMatch(platform.sha256)
  const [unpacked, store, bin] = ['unpacked', 'store', 'bin'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  for (const path of [unpacked, store, bin]) await mkdir(path)
  await succeed('tar', ['-xzf', join(folder, archive.file), '-C', unpacked])
  for (const { from, to } of platform.files) await copyFile(join(unpacked, from), join(store, to, from))
  await symlink(join(store, platform.bin), join(bin, 'kubectl-gc'))
  expect(await readdir(store)).toContain('LICENSE')

  const env = { PATH: `${bin}:${await bare()}`, GC_K8S_NAMESPACE: namespace }
  expect(await succeed('kubectl', ['plugin', 'list'], { env })).toContain(join(bin, 'kubectl-gc'))
  expect((await run('kubectl', ['gc', 'list'], { env })).stderr).toMatch(/^No sessions/)
  await succeed('kubectl', ['gc', 'completion', 'install'], { env })
  expect(await succeed('kubectl', ['__complete', 'gc', 'nud'], { env })).toMatch(/^nudge\t/)
})

test.runIf(compiled)(
  'in an empty container the programs run, as its service account',
  async ({ released, namespace, kubectl }) => {
    const { folder, archive } = released
    await identities(namespace, folder, { member: await renderedRules('gc-controller') })
    const resources = { requests: { cpu: '10m', memory: '32Mi' } }
    const container = { name: 'empty', image: 'debian:bookworm-slim', imagePullPolicy: 'IfNotPresent', resources }
    const spec = {
      ...{ serviceAccountName: 'member', terminationGracePeriodSeconds: 0 },
      containers: [
        { ...container, command: ['sleep', 'infinity'], env: [{ name: 'GC_K8S_NAMESPACE', value: namespace }] },
      ],
    }
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'empty', namespace }, spec }
    await succeed('kubectl', ['apply', '-f', '-'], { stdin: JSON.stringify(pod) })
    await kubectl('wait', 'pod/empty', '--for=condition=Ready', '--timeout=60s')
    const unpack = 'tar -xzf - -C /usr/local/bin --no-same-owner'
    await piped(join(folder, archive.file), ['--namespace', namespace, 'exec', '-i', 'empty', '--', 'sh', '-c', unpack])
    const inside = (...command: string[]) => kubectl('exec', 'empty', '--', ...command)
    expect(await inside('kubectl-gc', 'version', '--client')).toMatch(/^Client Version: /)
    expect(await inside('kubectl-gc', 'list', '--output', 'json')).toMatch(/"items": \[\]/)
    expect(await inside('kubectl_complete-gc', 'nud')).toMatch(/^nudge\t/)
    expect(JSON.parse(await inside('gc-session-k8s', 'protocol'))).toHaveProperty('version')
    expect(await inside('gc-session-k8s', 'is-running', 'nobody')).toBe('false\n')
  },
)

test.runIf(compiled)(
  'the install script installs what the checksums are of, and nothing else',
  async ({ released }) => {
    const { folder, archive } = released
    const script = join(folder, 'install.sh')
    const template = await readFile(
      fileURLToPath(new URL('../scripts/release/files/install.sh', import.meta.url)),
      'utf8',
    )
    await writeFile(script, template.replace('@VERSION@', version).replace('@URL@', 'http://127.0.0.1:1'))
    const into = join(folder, 'installed')
    const env = { KUBECTL_GC_URL: `file://${folder}`, KUBECTL_GC_DIR: into }
    const installed = await run('sh', [script], { env })
    expect(installed).toMatchObject({
      exitCode: 0,
      stderr: `${into} is not on PATH: add it, so that kubectl finds kubectl-gc\n`,
    })
    expect(await succeed(join(into, 'kubectl-gc'), ['version', '--client'])).toMatch(/^Client Version: /)

    const untouched = await readdir(into)
    await writeFile(join(folder, 'SHA256SUMS'), checksums([{ ...archive, sha256: '0'.repeat(64) }]))
    const refused = await run('sh', [script], { env: { ...env, KUBECTL_GC_DIR: join(folder, 'other') } })
    expect(refused.exitCode).toBe(1)
    expect(refused.stderr).toMatch(/^error: kubectl-gc-.* is not what SHA256SUMS says; nothing was installed\nTry: /)
    expect(await readdir(join(folder, 'other'))).toEqual([])
    expect(await readdir(into)).toEqual(untouched)
    const unreachable = await run('sh', [script], { env: { KUBECTL_GC_DIR: into } })
    expect(unreachable.stderr).toContain('error: cannot download http://127.0.0.1:1/SHA256SUMS\nTry: ')
  },
)

async function piped(file: string, args: string[]): Promise<void> {
  const { spawn } = await import('node:child_process')
  const child = spawn('kubectl', args, { stdio: ['pipe', 'inherit', 'inherit'] })
  createReadStream(file).pipe(child.stdin)
  const code = await new Promise((resolve) => child.on('close', resolve))
  expect(code).toBe(0)
}
