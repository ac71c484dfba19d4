import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { localSessionProvider } from '@kubectl-gc/session-provider'
import { environment, succeed } from './support/run.ts'
import { test } from './support/test.ts'

const guide = await readFile(new URL('../docs/sdk.md', import.meta.url), 'utf8')
const snippets = [...guide.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code)

/** What is in the guide, and in its place here. */
const words = (namespace: string, folder: string): Record<string, string> => ({
  "namespace: 'gc'": `namespace: '${namespace}'`,
  'registry.example.com/agent:1.0': environment.GC_K8S_IMAGE ?? '',
  "command: 'claude'": "command: 'sh'",
  '/tmp/my-sessions': join(folder, 'other'),
  // One case tells that a reader's own suite runs; each provider's unit tests run them all.
  'of conformanceCases)': 'of conformanceCases.slice(0, 1))',
})

/** What snippets print, by something that stands in them. */
const prints: Record<string, RegExp> = {
  "peek('mayor', { follow: true })": /^hello$/m,
  "logs('mayor', { follow: true })": /^hello\r?$/m,
  'provider.watch()': /^added mayor Running$[\s\S]*^removed mayor /m,
  'toSessionList(': /^\{.*"kind":"List"/,
  "['git', 'status', '--short']": /^0 \?\? result.json\n\n\{\}\n$/,
  memorySessionProvider: /^echo: hello$[\s\S]*\[ 'hello' \]/m,
  conformanceCases: /^# pass 2$|^ℹ pass 2$/m,
}

test.concurrent('what is said here of the guide is in it', ({ expect }) => {
  for (const word of [...Object.keys(words('', '')), ...Object.keys(prints)]) expect(guide).toContain(word)
})

test.concurrent.for(snippets.map((code, index) => [index + 1, code] as const))(
  'snippet %i of docs/sdk.md runs',
  async ([, code], { namespace, expect }) => {
    const folder = await mkdtemp(join(tmpdir(), 'gc-sdk-'))
    const state = join(folder, 'state')
    const provider = localSessionProvider({ root: join(state, 'kubectl-gc/sessions') })
    try {
      await project(folder)
      await provider.start('mayor', { command: 'echo hello; exec cat', workDir: join(folder, 'work') })
      const here = Object.entries(words(namespace, folder)).reduce(
        (text, [word, it]) => text.replaceAll(word, it),
        code,
      )
      await writeFile(join(folder, 'snippet.ts'), here)
      const env = { ...process.env, ...environment, XDG_STATE_HOME: state }
      const child = spawn('node', ['snippet.ts'], {
        cwd: folder,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: 90_000,
      })
      const ended = once(child, 'close')
      const said = { stdout: '', stderr: '' }
      child.stdout.on('data', (data) => {
        said.stdout += data
      })
      child.stderr.on('data', (data) => {
        said.stderr += data
      })
      if (/follow: true|watch\(\)/.test(here)) {
        await expect.poll(() => said.stdout).toMatch(/hello|added/)
        await provider.stop('mayor')
      }
      if (here.includes('watch()')) {
        await expect.poll(() => said.stdout).toContain('removed')
        child.kill()
      }
      const [exitCode] = await ended
      expect({ exitCode, stderr: said.stderr }).toEqual({ exitCode: here.includes('watch()') ? null : 0, stderr: '' })
      for (const [word, shown] of Object.entries(prints)) if (here.includes(word)) expect(said.stdout).toMatch(shown)
    } finally {
      await provider.stop('mayor')
      await provider.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  },
)

/** A project that has the SDK, with what the guide copies, and a repository to work in. */
async function project(folder: string): Promise<void> {
  await symlink(fileURLToPath(new URL('node_modules', import.meta.url)), join(folder, 'node_modules'))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await mkdir(join(folder, 'docs'))
  await writeFile(join(folder, 'docs', 'README.md'), '# Docs\n')
  await succeed('git', ['init', '--quiet', join(folder, 'work')])
  await writeFile(join(folder, 'work', 'result.json'), '{}\n')
}
