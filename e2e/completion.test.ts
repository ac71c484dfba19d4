import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { silent } from './support/failing-server.ts'
import { quickest } from './support/patience.ts'
import { run } from './support/run.ts'
import { openTerminal, type Terminal } from './support/terminal.ts'
import { test } from './support/test.ts'

interface Shell {
  args: string[]
  /** What has it load the completion that a program prints. */
  load: (program: string) => string
  /** What must be there beside the shell, for each program. */
  needs: Record<string, string>
}

const bashCompletion = '/usr/share/bash-completion/bash_completion'
const shells: Record<string, Shell> = {
  bash: {
    args: ['--norc', '-i'],
    load: (program) => `[ ! -r ${bashCompletion} ] || . ${bashCompletion}; source <(${program} completion bash)`,
    needs: { kubectl: bashCompletion },
  },
  zsh: {
    args: ['-f', '-i'],
    load: (program) => `autoload -U compinit; compinit -D; source <(${program} completion zsh)`,
    needs: {},
  },
  fish: {
    args: ['--no-config', '--interactive'],
    load: (program) => `${program} completion fish | source`,
    needs: {},
  },
}

/** The shells of this machine, each with `kubectl-gc` by its own script, and with `kubectl gc` by kubectl's. */
const rows: [shell: string, program: string][] = []
for (const [name, { needs }] of Object.entries(shells)) {
  for (const program of ['kubectl-gc', 'kubectl']) {
    const found = await run('sh', ['-c', `command -v ${name} && test -e ${needs[program] ?? '/'}`])
    if (found.exitCode === 0) rows.push([name, program])
  }
}

/** What kubectl offers for a line, as its own shell scripts ask it; the directive comes last. */
async function offered(args: string[], env: Record<string, string>): Promise<string[]> {
  const { stdout } = await run('kubectl', ['__complete', 'gc', ...args], { env })
  return stdout.trimEnd().split('\n')
}

test('kubectl completes commands, flags, sessions, metadata and namespaces', async ({ namespace, provider }) => {
  const env = { GC_K8S_NAMESPACE: namespace }
  await using _session = await provider.start('mayor', { command: 'sh' })
  await provider.setMeta('mayor', 'ROLE', 'boss')
  expect(await offered(['me'], env)).toEqual(['meta\tRead and change the metadata of a session.', ':4'])
  expect(await offered(['list', '--output', 'w'], env)).toEqual(['wide', ':4'])
  await expect.poll(() => offered(['peek', 'm'], env)).toEqual(['mayor\tRunning', ':4'])
  await expect.poll(() => offered(['meta', 'get', 'mayor', 'R'], env)).toEqual(['ROLE\tboss', ':4'])
  await expect.poll(() => offered(['cp', 'm'], env)).toEqual(['mayor:\tRunning', ':6'])
  await provider.exec('mayor', ['sh', '-c', 'mkdir -p "a folder" && : >"a folder/a file" && : >.hidden'])
  await expect.poll(() => offered(['cp', './here', 'mayor:a'], env)).toEqual(['mayor:a folder/', ':6'])
  await expect.poll(() => offered(['cp', 'mayor:a folder/'], env)).toEqual(['mayor:a folder/a file', ':4'])
  await expect.poll(() => offered(['cp', 'mayor:/etc/host'], env)).toContain('mayor:/etc/hostname')
  expect(await offered(['cp', 'mayor:none'], env)).toEqual([':4'])
  expect(await offered(['cp', 'mayor:.hidden', 'm'], env)).toEqual([':0'])
  expect((await offered(['explain', 'session.status.pha'], env)).map((line) => line.split('\t')[0])).toEqual([
    'session.status.phase',
    ':4',
  ])
  await expect.poll(() => offered(['peek', '-n', namespace.slice(0, -1)], env)).toEqual([namespace, ':4'])
})

test.for(rows)('%s completes what %s has it complete', async ([name, program], { namespace, provider }) => {
  if (!(await provider.isRunning('coder'))) await provider.start('coder', { command: 'sh' })
  const { args = [], load = String } = shells[name] ?? {}
  const typed = program === 'kubectl' ? 'kubectl gc' : program
  const home = await mkdtemp(join(tmpdir(), 'gc-home-'))
  onTestFinished(() => rm(home, { recursive: true }))
  const env = { GC_K8S_NAMESPACE: namespace, HOME: home, PS1: '$ ', PROMPT: '$ ', ZDOTDIR: undefined }
  using shell = openTerminal(name, args, { env, columns: 200 })
  shell.type(`${load(program)}; printf '%s\\n' "rea"dy\r`)
  await expect.poll(shell.screen).toMatch(/^ready$/m)
  await completes(shell, `${typed} inter`, `${typed} interrupt`)
  await completes(shell, 'cod', `${typed} interrupt coder`)
  await completes(shell, `--namespace=${namespace.slice(0, -1)}`, `--namespace=${namespace}`)
  await completes(shell, `\x15${typed} render sessions --set dolt.storageC`, '--set dolt.storageClassName=')
  shell.type('50')
  await expect.poll(shell.screen).toContain('--set dolt.storageClassName=50')
})

/** Types, and asks for completion as often as a person would: what the cluster answers late is not offered. */
async function completes(shell: Terminal, keys: string, line: string): Promise<void> {
  shell.type(keys)
  for (let asked = 0; asked < 10 && !shell.screen().includes(line); asked += 1) {
    shell.type('\t')
    await expect
      .poll(shell.screen, { timeout: 4000 })
      .toContain(line)
      .catch(() => {})
  }
  expect(shell.screen()).toContain(line)
}

test('no error appears, and nobody waits for long, whatever is wrong', async () => {
  await using server = await silent()
  const folder = await mkdtemp(join(tmpdir(), 'gc-completion-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const kubeconfig = join(folder, 'config')
  for (const config of ['{', '{}', configOf('http://127.0.0.1:1'), configOf(server.url)]) {
    await writeFile(kubeconfig, config)
    const milliseconds = await quickest(6000, async () => {
      const asked = performance.now()
      const result = await run('kubectl_complete-gc', ['peek', ''], { env: { KUBECONFIG: kubeconfig } })
      expect(result).toEqual({ exitCode: 0, stdout: ':4\n', stderr: '' })
      return performance.now() - asked
    })
    expect(milliseconds).toBeLessThan(6000)
  }
})

function configOf(server: string): string {
  return JSON.stringify({
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'c' },
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user: {} }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
  })
}

test('start offers the agents of the city that one is in', async () => {
  const city = await mkdtemp(join(tmpdir(), 'gc-city-'))
  onTestFinished(() => rm(city, { recursive: true }))
  await writeFile(join(city, 'city.toml'), '')
  await mkdir(join(city, 'agents', 'mayor'), { recursive: true })
  const { stdout } = await run('sh', ['-c', `cd '${city}' && kubectl __complete gc start ''`])
  expect(stdout).toBe('mayor\n:4\n')
})

test('what needs no cluster is answered by one file, which loads nothing but parts of Node', async () => {
  const built = new URL('../plugins/kubectl-gc/dist/completion/main.cjs', import.meta.url)
  const loaded = [...(await readFile(built, 'utf8')).matchAll(/(?:require|import)\("([^"]+)"\)/g)].map(
    ([, name]) => name,
  )
  expect(loaded.filter((name) => !name?.startsWith('node:'))).toEqual(['./lookup.js'])
})
