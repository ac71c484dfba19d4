import { spawn as spawnChild } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { spawn } from '@lydell/node-pty'
import { expect } from 'vitest'
import { environment, run, succeed } from './support/run.ts'
import { test as base } from './support/test.ts'

interface Fixtures {
  /** Two sessions that run, and one that no node can take. */
  city: string
}

const test = base.extend<Fixtures>({
  city: [
    async ({ namespace }, use) => {
      const env = { GC_K8S_NAMESPACE: namespace }
      const gc = (args: string[], more = {}) => run('kubectl', ['gc', ...args], { env: { ...env, ...more } })
      const stuck = { GC_K8S_NODE_SELECTOR: '{"no":"where"}' }
      const [pod, ...started] = await Promise.all([
        gc(['start', 'stuck', '--dry-run', '-o', 'yaml'], stuck),
        gc(['start', 'mayor', '--env', 'GC_AGENT=mayor', '--', 'sh', '-c', 'echo the last line; exec cat']),
        gc(['start', 'coder-10', '--env', 'GC_AGENT=coder', '--', 'cat']),
      ])
      for (const { exitCode } of started) expect(exitCode).toBe(0)
      await succeed('kubectl', ['apply', '-f', '-'], { stdin: pod.stdout })
      const wait = ['--namespace', namespace, 'wait', '--timeout=60s']
      await succeed('kubectl', [...wait, '--for=jsonpath={.status.phase}=Running', 'pod/mayor', 'pod/coder-10'])
      await succeed('kubectl', [...wait, '--for=condition=PodScheduled=false', 'pod/stuck'])
      await expect.poll(async () => (await gc(['peek', 'mayor'])).stdout).toContain('the last line')
      await use(namespace)
    },
    { scope: 'file' },
  ],
})

test('the paths that sessions share with their pods find the same in both', async ({ city, gc, kubectl }) => {
  const templates = [
    '{range .items[*]}{.metadata.name}{"\\t"}{.metadata.creationTimestamp}{"\\n"}{end}',
    '{.items[?(@.metadata.name=="mayor")].spec.nodeName}',
    '{.items[-1:].metadata.labels.gc-agent}',
    '{.items[*].metadata.namespace}',
    '{.kind} {.apiVersion}',
  ]
  for (const template of templates) {
    const expected = await kubectl('get', 'pods', '-l', 'app=gc-agent', '-o', `jsonpath=${template}`)
    expect((await gc(['list', '-o', `jsonpath=${template}`])).stdout, city).toBe(expected)
  }
  const columns = 'custom-columns=NAME:.metadata.name,NODE:.spec.nodeName,AGENT:metadata.labels.gc-agent'
  const sorted = ['--sort-by', '{.metadata.creationTimestamp}', '-l', 'gc-agent in (mayor,coder)', '-o', columns]
  expect((await gc(['list', ...sorted])).stdout).toBe(await kubectl('get', 'pods', ...sorted))
  const named = ['-o', 'custom-columns=:metadata.name', '--no-headers', '--sort-by=.metadata.name']
  const lines = (text: string) => text.split('\n').map((line) => line.trim())
  expect(lines((await gc(['list', ...named])).stdout)).toEqual(lines(await kubectl('get', 'pods', ...named)))
})

test('list: selectors, wide, every namespace', async ({ city, gc }) => {
  const names = async (...args: string[]) => (await gc(['list', '-o', 'name', ...args])).stdout.trim().split('\n')
  expect(await names()).toEqual(['session/coder-10', 'session/mayor', 'session/stuck'])
  expect(await names('--field-selector', 'status.phase=Running')).toEqual(['session/coder-10', 'session/mayor'])
  expect(await names('--field-selector=status.phase!=Running')).toEqual(['session/stuck'])
  expect(await names('-l', 'gc-agent=coder')).toEqual(['session/coder-10'])
  const named = await gc(['list', 'mayor', 'nobody', '-o', 'name'])
  expect(named).toMatchObject({ exitCode: 1, stdout: 'session/mayor\n' })
  expect(named.stderr).toMatch(/^error: session "nobody" not found\n/)
  const { stdout: wide } = await gc(['list', '-owide'])
  expect(wide).toMatch(/^NAME +STATUS +AGE +AGENT +ACTIVITY +NODE +POD +IMAGE +LAST LINE\n/)
  expect(wide).toMatch(/\nmayor +Running +\d+\w+ +mayor +\d+\w+ .* the last line\n/)
  expect(wide).toMatch(/\nstuck +Unschedulable +\d+\w+ +unknown +<none> +<none> +stuck /)
  const { stdout: all } = await gc(['list', '-A', '--show-labels'])
  expect(all).toMatch(new RegExp(`\n${city} +mayor +Running .*gc-session=mayor`))
})

test('the namespace is that of the flag, then of GC_K8S_NAMESPACE, then of the context, then gc', async ({
  city,
  kubectl,
  gc,
  onTestFinished,
}) => {
  const config = JSON.parse(await kubectl('config', 'view', '--raw', '--minify', '-o', 'json'))
  const file = join(await mkdtemp(join(tmpdir(), 'gc-context-')), 'config')
  onTestFinished(() => rm(dirname(file), { recursive: true }))
  const listIn = async (context: string | undefined, variable: string, ...args: string[]) => {
    config.contexts[0].context.namespace = context
    await writeFile(file, JSON.stringify(config))
    const env = { KUBECONFIG: file, GC_K8S_NAMESPACE: variable }
    const { stdout, stderr } = await run('kubectl-gc', ['list', ...args], { env })
    return `${stdout}${stderr}`
  }
  expect(await listIn('kube-system', 'kube-public', '-n', city)).toContain('coder-10')
  expect(await listIn('kube-system', city)).toContain('coder-10')
  expect(await listIn(city, '')).toContain('coder-10')
  expect(await listIn('kube-system', '')).toMatch(`No sessions in namespace kube-system; `)
  const { stderr } = await gc(['list', '-n', 'kube-system'])
  expect(stderr).toContain(`; 3 in ${city}`)
  expect(await gc(['list', '-n', 'no-such'])).toMatchObject({ exitCode: 1, stdout: '' })
})

test('flags that say how the server is reached reach it, or fail with 1', async ({ city, gc, kubectl }) => {
  const view = JSON.parse(await kubectl('config', 'view', '--raw', '--minify', '-o', 'json'))
  const { server } = view.clusters[0].cluster
  expect(await gc(['list', '--server', server, '--insecure-skip-tls-verify'])).toMatchObject({ exitCode: 0 })
  const refused: [string[], string][] = [
    [['--server', 'https://127.0.0.1:1'], '127.0.0.1:1'],
    [['--token', 'wrong', '--client-certificate=/dev/null', '--client-key=/dev/null'], ''],
    [['--tls-server-name', 'elsewhere.example'], 'elsewhere.example'],
    [['--certificate-authority', '/dev/null'], 'certificate'],
    [['--as', 'nobody', '--as-uid', '7'], 'forbidden'],
    [['--context', 'none'], 'no context "none"'],
  ]
  for (const [flags, why] of refused) {
    const { exitCode, stdout, stderr } = await gc(['list', ...flags])
    expect({ exitCode, stdout, flags }).toEqual({ exitCode: 1, stdout: '', flags })
    expect(stderr).toContain(why)
  }
  expect((await gc(['list', '--as', 'nobody', '-n', city])).stderr).toMatch(/pods is forbidden: User "nobody"/)
})

test('status says why a session is stuck, with the events that prove it', async ({ city, gc }) => {
  await expect
    .poll(async () => (await gc(['status', 'stuck', '-n', city])).stdout)
    .toMatch(/Events:\n.*FailedScheduling/s)
  const { stdout } = await gc(['status', 'stuck'])
  expect(stdout).toMatch(
    /Why:\n {2}No node can take its pod: .*affinity\/selector.*\n {2}Try: change GC_K8S_NODE_SELECTOR/,
  )
  expect((await gc(['status', 'stuck', '-o', 'jsonpath={.status.phase} {.status.reason}'])).stdout).toBe(
    'Starting Unschedulable',
  )
  await gc(['nudge', 'coder-10', 'Do you trust this folder?'])
  await expect
    .poll(async () => (await gc(['status', 'coder-10'])).stdout)
    .toContain(
      'It runs, but the agent asks whether it may trust its folder.\n  Try: kubectl gc send-keys coder-10 Enter\n',
    )
})

test('a dry run makes nothing, and what it prints is a pod that the server takes', async ({ city, gc, kubectl }) => {
  const argv = ['start', 'dry', '-n', city, '--', 'claude']
  const { stdout } = await gc(['start', 'dry', '--dry-run=client', '-o', 'json', '--', 'claude'])
  const taken = await run('kubectl', ['apply', '--dry-run=server', '-f', '-'], { stdin: stdout })
  expect(taken).toMatchObject({ exitCode: 0, stdout: 'pod/dry created (server dry run)\n' })
  expect((await gc(['start', 'dry', '--dry-run=server'])).stdout).toBe('session/dry started (server dry run)\n')
  expect((await gc(['start', 'mayor', '--dry-run=server'])).stderr).toContain('session "mayor" already exists')
  expect(await kubectl('get', 'pods', '-o', 'name'), argv.join(' ')).not.toContain('dry')
})

test('what reads the output may end first, and a pipe gets no colour', async ({ gc, city }) => {
  const env = { GC_K8S_NAMESPACE: city, NO_COLOR: '' }
  const cut = 'kubectl gc list -o yaml | head -n 1'
  const ended = await run('bash', ['-o', 'pipefail', '-c', cut], { env })
  expect(ended).toEqual({ exitCode: 0, stdout: 'apiVersion: v1\n', stderr: '' })
  expect((await gc(['list'], { env })).stdout).not.toContain('\x1b')
})

/** A person's terminal. */
function terminal(args: string[], namespace: string, env: Record<string, string> = {}) {
  const all = { ...process.env, ...environment, GC_K8S_NAMESPACE: namespace, TERM: 'xterm-256color', ...env }
  const pty = spawn('kubectl', ['gc', ...args], { cols: 120, rows: 20, env: all as Record<string, string> })
  let output = ''
  pty.onData((data) => {
    output += data
  })
  const exitCode = new Promise<number>((resolve) => pty.onExit((event) => resolve(event.exitCode)))
  return { pty, exitCode, output: () => output }
}

test('a watch repaints a terminal, adds lines to a pipe, and ends at C-c with 130', async ({ city, gc, kubectl }) => {
  const person = terminal(['list', '-w'], city, { NO_COLOR: '' })
  await expect.poll(person.output).toMatch(/\x1b\[32mRunning/)
  const piped = spawnChild('kubectl', ['gc', 'list', '--watch-only', '--no-headers', '-n', city])
  let lines = ''
  piped.stdout.on('data', (chunk: Buffer) => {
    lines += chunk
  })
  let changes = 0
  const change = async () => {
    await kubectl('label', 'pod', 'coder-10', `change=${changes++}`, '--overwrite')
    return lines
  }
  await expect.poll(change).toContain('coder-10') // it watches
  const plain = terminal(['list', '-w'], city, { NO_COLOR: '1' })
  await expect.poll(plain.output).toContain('Running')
  await gc(['start', 'seen', '--', 'cat'])
  await expect.poll(person.output).toMatch(/seen +\x1b\[3/)
  for (const { pty, exitCode } of [person, plain]) {
    pty.write('\x03')
    expect(await exitCode).toBe(130)
  }
  expect(plain.output()).not.toContain('\x1b[32m')
  expect(person.output()).toContain('\x1b[?1049l')
  await expect.poll(() => lines).toMatch(/^seen +Running /m)
  await gc(['stop', 'seen', '--grace-period', '0'])
  await expect.poll(() => lines).toMatch(/^seen +Starting [\s\S]*\nseen +Running [\s\S]*\nseen +Deleted .*\n$/m)
  expect(lines).not.toContain('mayor')
  const ended = once(piped, 'close')
  piped.kill('SIGINT')
  expect(await ended).toEqual([130, null])
})
