import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { run } from './support/run.ts'
import { test as base } from './support/test.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const packages = ['agent', 'kube', 'manifests', 'session-provider']

/** Packs what is published, and installs it in a copy of the example, as a project of somebody else's would. */
const test = base.extend<{ project: string }>({
  project: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest wants a destructured parameter
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'gc-sdk-'))
      const project = join(folder, 'project')
      await cp(join(root, 'docs/examples/sdk'), project, { recursive: true })
      await Promise.all(
        packages.map((name) => pnpm(join(root, 'packages', name), 'pack', '--pack-destination', folder)),
      )
      const tarballs = (await readdir(folder)).filter((file) => file.endsWith('.tgz'))
      const overrides = packages.map(
        (name) =>
          `  '@kubectl-gc/${name}': file:${join(folder, tarballs.find((file) => file.includes(`-${name}-`)) ?? '')}`,
      )
      await writeFile(join(project, 'pnpm-workspace.yaml'), `overrides:\n${overrides.join('\n')}\n`)
      await pnpm(project, 'install', '--prefer-offline', '--ignore-scripts')
      await use(project)
      await rm(folder, { recursive: true })
    },
    { scope: 'file' },
  ],
})

async function pnpm(folder: string, ...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await run('pnpm', ['--dir', folder, ...args])
  if (exitCode !== 0) throw new Error(`pnpm ${args[0]}: ${stdout}${stderr}`)
  return stdout
}

test('the example has right types, passes its tests, and runs on this machine and on the cluster', {
  timeout: 300_000,
}, async ({ project, namespace }) => {
  await pnpm(project, 'types')
  await pnpm(project, 'test')
  const local = await run('node', [join(project, 'src/main.ts')], { env: { XDG_STATE_HOME: join(project, 'state') } })
  expect(local).toEqual({
    exitCode: 0,
    stdout: `You said: hello\nparrot Running parrot { LAST_QUESTION: 'hello' }\n`,
    stderr: '',
  })
  const env = { GC_K8S_NAMESPACE: namespace }
  expect(await run('node', [join(project, 'src/main.ts'), '--kubernetes'], { env })).toEqual(local)
})

test('every snippet of the guide has right types', { timeout: 300_000 }, async ({ project }) => {
  const guide = await readFile(join(root, 'docs/sdk.md'), 'utf8')
  const snippets = [...guide.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code)
  expect(snippets.length).toBeGreaterThan(5)
  await mkdir(join(project, 'snippets'))
  await Promise.all(snippets.map((code, index) => writeFile(join(project, 'snippets', `${index}.ts`), code)))
  const config = { extends: '../tsconfig.json', include: ['.'] }
  await writeFile(join(project, 'snippets', 'tsconfig.json'), JSON.stringify(config))
  await pnpm(project, 'exec', 'tsc', '--project', 'snippets')
})
