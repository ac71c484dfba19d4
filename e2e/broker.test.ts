import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { kubernetesSessionProvider } from '@kubectl-gc/session-provider'
import { runningBrokers } from '@kubectl-gc/session-provider/broker'
import { expect } from 'vitest'
import { test } from './support/broker.ts'
import { quickest } from './support/patience.ts'
import { openRoad } from './support/road.ts'
import { environment, type Result, run } from './support/run.ts'
import { type VerbCall, verbCalls } from './support/verb-calls.ts'

const start = JSON.stringify({ command: 'sh' })
const quiet = { exitCode: 0, stdout: '', stderr: '' }

/** Ends as gc does: reads both pipes to their end, then kills the process group. */
async function asGc(args: string[], env: Record<string, string>, stdin = ''): Promise<Result> {
  const all = { ...process.env, ...environment, ...env }
  const child: ChildProcess = spawn('gc-session-k8s', args, { env: all, detached: true })
  child.stdin?.end(stdin)
  const [stdout, stderr] = await Promise.all(
    [child.stdout, child.stderr].map((pipe) => text(pipe as NodeJS.ReadableStream)),
  )
  const exitCode = child.exitCode ?? (await new Promise<number>((resolve) => child.once('exit', resolve)))
  try {
    process.kill(-(child.pid ?? 0), 'SIGKILL')
  } catch {
    // The group is empty already.
  }
  return { exitCode, stdout: stdout ?? '', stderr: stderr ?? '' }
}

test('a broker comes with the first verb, outlives its caller, and writes are read across processes', async ({
  env,
  runtime,
  call,
  warm,
}) => {
  expect(await asGc(['start', 'one'], env, start)).toEqual(quiet)
  await warm()
  for (const name of ['two', 'three']) {
    expect(await asGc(['start', name], env, start)).toEqual(quiet)
    expect((await asGc(['list-running', ''], env)).stdout.split('\n')).toContain(name)
    expect((await call(['is-running', name])).stdout).toBe('true\n')
    expect(await asGc(['stop', name], env)).toEqual(quiet)
    expect((await asGc(['list-running', ''], env)).stdout).toBe('one\n')
    expect((await call(['is-running', name])).stdout).toBe('false\n')
  }
  const [broker, ...others] = await runningBrokers({ XDG_RUNTIME_DIR: runtime })
  expect(others).toEqual([])
  expect(broker?.status.requests).toBeGreaterThan(8)
})

test('what goes past the broker is told to it', async ({ namespace, env, call, warm }) => {
  await warm()
  const direct = { ...process.env, ...environment, ...env }
  await using provider = await kubernetesSessionProvider({ namespace, env: direct })
  await provider.start('direct', { command: 'sh' })
  expect((await call(['list-running', 'direct'])).stdout).toBe('direct\n')
  await provider.stop('direct')
  expect((await call(['list-running', 'direct'])).stdout).toBe('')
  const off = { ...env, GC_K8S_BROKER: 'off' }
  expect(await run('gc-session-k8s', ['start', 'off'], { env: off, stdin: start })).toEqual(quiet)
  expect((await call(['list-running', 'off'])).stdout).toBe('off\n')
  expect(await run('gc-session-k8s', ['stop', 'off'], { env: off })).toEqual(quiet)
  expect((await call(['list-running', 'off'])).stdout).toBe('')
})

test('a pod that another deletes is not running at once, and not listed within a second', async ({
  kubectl,
  call,
  warm,
}) => {
  await warm()
  const milliseconds = await quickest(1500, async () => {
    await expect.poll(() => call(['start', 'foreign'], start)).toEqual(quiet)
    await kubectl('delete', 'pod', 'foreign', '--wait=false')
    const deleted = performance.now()
    await expect.poll(async () => (await call(['list-running', 'foreign'])).stdout).toBe('')
    await expect.poll(async () => (await call(['is-running', 'foreign'])).stdout).toBe('false\n')
    return performance.now() - deleted
  })
  expect(milliseconds).toBeLessThan(1500)
})

test('verbs give the same answers with the broker killed at random', { timeout: 180_000 }, async ({
  call,
  warm,
  runtime,
}) => {
  await warm()
  expect(await call(['start', 'victim'], start)).toEqual(quiet)
  let over = false
  const killing = (async () => {
    while (!over) {
      const [broker] = await runningBrokers({ XDG_RUNTIME_DIR: runtime })
      if (broker !== undefined) process.kill(broker.status.pid, 'SIGKILL')
      await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 800))
    }
  })()
  for (let round = 0; round < 15; round += 1) {
    expect(await call(['is-running', 'victim'])).toEqual({ ...quiet, stdout: 'true\n' })
    expect(await call(['list-running', 'victim'])).toEqual({ ...quiet, stdout: 'victim\n' })
    const written = await call(['set-meta', 'victim', 'ROUND'], String(round))
    if (written.exitCode === 0) expect((await call(['get-meta', 'victim', 'ROUND'])).stdout).toBe(String(round))
    else expect(written.stderr).toContain('may have been carried out')
  }
  over = true
  await killing
})

test('tmux lines of exec give what a shell gives', async ({ env, call, warm }) => {
  await warm()
  expect(await call(['start', 'typed'], JSON.stringify({ command: 'cat' }))).toEqual(quiet)
  const directly = (line: string) =>
    run('gc-session-k8s', ['exec', 'typed'], { env: { ...env, GC_K8S_BROKER: 'off' }, stdin: line })
  const both = async (line: string) => {
    const result = await call(['exec', 'typed'], line)
    expect(await directly(line), line).toEqual(result)
    return result
  }
  await call(['exec', 'typed'], "tmux send-keys -t main -l 'héllo; $(id)'")
  await call(['exec', 'typed'], 'tmux send-keys -t main Enter')
  await expect.poll(async () => (await call(['peek', 'typed'])).stdout).toContain('héllo; $(id)\nhéllo')
  expect((await both('tmux capture-pane -t main -p -S -50')).stdout).toContain('héllo')
  expect(await both('tmux has-session -t main')).toEqual(quiet)
  expect(await both('tmux has-session -t nobody')).toMatchObject({ exitCode: 1 })
  expect(await both('tmux set-environment -t main GC_DRAIN 1')).toEqual(quiet)
  expect((await both('tmux show-environment -t main GC_DRAIN')).stdout).toBe('GC_DRAIN=1\n')
  expect((await both('tmux show-environment -t main MISSING')).exitCode).toBe(1)
  expect((await call(['exec', 'nobody'], 'tmux has-session -t main')).exitCode).toBe(1)
})

test("processes are listed by one shell, which goes with the broker and is nobody's agent", async ({
  env,
  call,
  warm,
}) => {
  expect(await call(['start', 'agent'], JSON.stringify({ command: 'sleep 1000' }))).toEqual(quiet)
  const pid = await warm()
  const alive = async (...names: string[]) => (await call(['process-alive', 'agent'], names.join('\n'))).stdout
  for (let round = 0; round < 3; round += 1) {
    expect([await alive('sleep'), await alive('gc-processes', 'nothing'), await alive()]).toEqual([
      'true\n',
      'false\n',
      'true\n',
    ])
  }
  const off = { ...env, GC_K8S_BROKER: 'off' }
  const shells = async () =>
    (
      await run('gc-session-k8s', ['exec', 'agent'], { env: off, stdin: 'grep -las gc-processes /proc/[0-9]*/cmdline' })
    ).stdout
      .split('\n')
      .filter((line) => line !== '' && !line.includes('self')).length
  const before = await shells()
  process.kill(pid, 'SIGKILL')
  await expect.poll(shells).toBe(before - 1)
  expect((await call(['process-alive', 'nobody'], 'sleep')).stdout).toBe('false\n')
})

test('with a warm broker too, an API server that is away makes every verb fail in time, and works when it is back', {
  timeout: 300_000,
}, async ({ env, runtime }) => {
  await using road = await openRoad(join(runtime, 'kubeconfig'))
  const own = { ...env, KUBECONFIG: road.kubeconfig, GC_K8S_TIMEOUT: '2s' }
  const call = (verb: string, { args, stdin }: VerbCall) => run('gc-session-k8s', [verb, ...args], { stdin, env: own })
  const { 'list-running': list, ...calls } = verbCalls('far')
  const broker = async () => (await runningBrokers({ XDG_RUNTIME_DIR: runtime }))[0]
  const slow = { ...own, GC_K8S_TIMEOUT: '10s' }
  expect(await run('gc-session-k8s', ['start', 'far'], { env: slow, stdin: start })).toEqual(quiet)
  const isWarm = async () => {
    for (const verb of ['peek', 'process-alive']) await call(verb, calls[verb] ?? { args: [] })
    expect((await call('list-running', list ?? { args: [''] })).stdout).toMatch(/^far$/m)
    return (await broker())?.status.streams
  }
  await expect.poll(isWarm).toBe(1)
  const verbs = {
    'list-running': { args: [''] },
    ...Object.fromEntries(
      [
        'is-running',
        'peek',
        'get-meta',
        'set-meta',
        'is-attached',
        'get-last-activity',
        'process-alive',
        'nudge',
        'stop',
      ].map((verb) => [verb, calls[verb] ?? { args: ['far'] }]),
    ),
  }
  for (const state of ['silent', 'cut'] as const) {
    const pid = (await broker())?.status.pid
    road.state = state
    for (const [verb, how] of Object.entries(verbs)) {
      const limit = (verb === 'stop' ? 9 : 2) * 1000 + 4000
      const took = await quickest(limit, async () => {
        const began = performance.now()
        const result = await call(verb, how)
        expect
          .soft({ verb, ...result })
          .toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringMatching(/^gc-session-k8s: ./) })
        return performance.now() - began
      })
      expect.soft(took, verb).toBeLessThan(limit)
    }
    road.state = 'open'
    await expect.poll(async () => (await call('is-running', { args: ['far'] })).stdout).toBe('true\n')
    await expect.poll(async () => (await call('list-running', { args: [''] })).stdout).toMatch(/^far$/m)
    expect((await broker())?.status.pid).toBe(pid)
  }
})

test('a later version takes the place of the broker, and an earlier one uses it', async ({
  env,
  call,
  warm,
  runtime,
}) => {
  const pid = await warm()
  const later = await laterVersion(runtime)
  const byLater = () => run(later, ['list-running', ''], { env })
  const status = async () => (await runningBrokers({ XDG_RUNTIME_DIR: runtime }))[0]?.status
  const answers = async () => {
    expect(await byLater()).toMatchObject({ exitCode: 0, stderr: '' })
    return (await status())?.version
  }
  await expect.poll(answers).toBe('9.9.9')
  const after = await status()
  expect(after?.pid).not.toBe(pid)
  const used = async () => {
    expect(await call(['list-running', ''])).toMatchObject({ exitCode: 0, stderr: '' })
    return (await status())?.requests
  }
  await expect.poll(used).toBeGreaterThan(after?.requests ?? 0)
  expect((await status())?.pid).toBe(after?.pid)
})

/** This program under a later version; its path. */
async function laterVersion(folder: string): Promise<string> {
  const original = fileURLToPath(new URL('../packages/session-provider', import.meta.url))
  const copy = join(folder, 'later')
  await mkdir(join(copy, 'bin'), { recursive: true })
  await cp(join(original, 'dist'), join(copy, 'dist'), { recursive: true })
  symlinkSync(join(original, 'node_modules'), join(copy, 'node_modules'))
  for (const file of ['bin/gc-session-k8s', 'bin/package.json']) copyFileSync(join(original, file), join(copy, file))
  writeFileSync(join(copy, 'package.json'), '{"type":"module"}')
  const scripts = readdirSync(join(copy, 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.c?js$/.test(name),
  )
  for (const name of scripts) {
    const path = join(copy, 'dist', name)
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('version: "0.0.0"', 'version: "9.9.9"'))
  }
  return join(copy, 'bin', 'gc-session-k8s')
}

test('kubectl gc broker status and stop', async ({ env, warm }) => {
  const pid = await warm()
  const gc = (...args: string[]) => run('kubectl', ['gc', 'broker', ...args], { env })
  const { stdout } = await gc('status')
  expect(stdout.split('\n')).toMatchObject([
    expect.stringMatching(/^PID +VERSION +UPTIME/),
    expect.stringMatching(`^${pid} `),
    '',
  ])
  expect(await gc('stop')).toEqual({ ...quiet, stdout: `broker/${pid} stopped\n` })
  await expect.poll(() => gc('status')).toEqual({ ...quiet, stderr: 'no broker runs\n' })
})
