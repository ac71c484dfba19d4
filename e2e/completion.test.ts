import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { silent } from './support/failing-server.ts'
import { run } from './support/run.ts'
import { openTerminal } from './support/terminal.ts'
import { test } from './support/test.ts'

const shells: Record<string, { args: string[]; ready: string }> = {
  bash: { args: ['--norc', '-i'], ready: 'source <(kubectl-gc completion bash)' },
  zsh: { args: ['-f', '-i'], ready: 'autoload -U compinit; compinit -D; source <(kubectl-gc completion zsh)' },
  fish: { args: ['--no-config', '--interactive'], ready: 'kubectl-gc completion fish | source' },
}

const isHere = async (name: string) => (await run('sh', ['-c', `command -v ${name}`])).exitCode === 0
const here = await Promise.all(Object.keys(shells).map(async (name) => ((await isHere(name)) ? [name] : [])))

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
  expect(await offered(['meta', 'get', 'mayor', 'R'], env)).toEqual(['ROLE\tboss', ':4'])
  expect(await offered(['peek', '-n', namespace.slice(0, -1)], env)).toEqual([namespace, ':4'])
})

test.for(here.flat())('%s completes kubectl-gc', async (name, { namespace, provider }) => {
  if (!(await provider.isRunning('coder'))) await provider.start('coder', { command: 'sh' })
  const { args = [], ready = '' } = shells[name] ?? {}
  const home = await mkdtemp(join(tmpdir(), 'gc-home-'))
  onTestFinished(() => rm(home, { recursive: true }))
  const env = { GC_K8S_NAMESPACE: namespace, HOME: home, PS1: '$ ', PROMPT: '$ ', ZDOTDIR: undefined }
  using shell = openTerminal(name, args, { env, columns: 200 })
  shell.type(`${ready}; printf '%s\\n' "rea"dy\r`)
  await expect.poll(shell.screen).toMatch(/^ready$/m)
  shell.type('kubectl-gc inter\t')
  await expect.poll(shell.screen).toMatch(/kubectl-gc interrupt/)
  shell.type('cod\t')
  await expect.poll(shell.screen).toMatch(/kubectl-gc interrupt coder/)
  shell.type(`--namespace=${namespace.slice(0, -1)}\t`)
  await expect.poll(shell.screen).toContain(`--namespace=${namespace}`)
  shell.type('\x15kubectl-gc render sessions --set dolt.storageC\t50')
  await expect.poll(shell.screen).toContain('--set dolt.storageClassName=50')
})

test('no error appears, and nobody waits for long, whatever is wrong', async () => {
  await using server = await silent()
  const folder = await mkdtemp(join(tmpdir(), 'gc-completion-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const kubeconfig = join(folder, 'config')
  for (const config of ['{', '{}', configOf('http://127.0.0.1:1'), configOf(server.url)]) {
    await writeFile(kubeconfig, config)
    const asked = performance.now()
    const result = await run('kubectl_complete-gc', ['peek', ''], { env: { KUBECONFIG: kubeconfig } })
    expect(result).toEqual({ exitCode: 0, stdout: ':4\n', stderr: '' })
    expect(performance.now() - asked).toBeLessThan(6000)
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
