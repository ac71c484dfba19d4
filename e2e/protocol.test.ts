import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { expect } from 'vitest'
import { quickest } from './support/patience.ts'
import { withNoPods } from './support/quota.ts'
import { environment } from './support/run.ts'
import { steppingProxy } from './support/stepping-proxy.ts'
import { test as base } from './support/test.ts'

/** One session for the whole file, and the executable as a process of its own. */
const test = base.extend<{ session: string; start: (args: string[]) => ReturnType<typeof spawn> }>({
  session: [
    async ({ namespace }, use) => {
      const { succeed } = await import('./support/run.ts')
      const env = { GC_K8S_NAMESPACE: namespace }
      await succeed('gc-session-k8s', ['start', 'host'], { stdin: JSON.stringify({ command: 'sh' }), env })
      await use('host')
    },
    { scope: 'file' },
  ],
  start: async ({ namespace }, use) => {
    await use((args) =>
      spawn('gc-session-k8s', args, { env: { ...process.env, ...environment, GC_K8S_NAMESPACE: namespace } }),
    )
  },
})

const quiet = { exitCode: 0, stdout: '', stderr: '' }

test('send-keys, clear-scrollback', async ({ verb, session }) => {
  expect(await verb(['send-keys', session, 'seq 1 300', 'Enter'])).toEqual(quiet)
  await expect.poll(async () => (await verb(['peek', session, '2'])).stdout).toMatch(/^300\n/)
  expect(await verb(['clear-scrollback', session])).toEqual(quiet)
  expect((await verb(['peek', session, '0'])).stdout.split('\n').length).toBeLessThan(60)
})

test('process-alive finds a program by its name, and nothing else', async ({ verb, session }) => {
  await verb(['exec', session], '(exec sleep 4321) >/dev/null 2>&1 &')
  const alive = async (names: string, name = session) => (await verb(['process-alive', name], names)).stdout
  await expect.poll(() => alive('nothing\nsleep')).toBe('true\n')
  expect(await alive('slee\nsleep 4321\ngc-processes')).toBe('false\n')
  expect(await alive('')).toBe('true\n')
  expect(await alive('sleep', 'nobody')).toBe('false\n')
  expect(await alive('sleep', '')).toBe('true\n')
})

test('get-last-activity, is-attached: the agent and people count, we do not', async ({ verb, session }) => {
  const activity = async () => (await verb(['get-last-activity', session])).stdout
  const before = await activity()
  expect(before).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n$/)
  expect(Math.abs(Date.parse(before.trim()) - Date.now())).toBeLessThan(120_000)
  await setTimeout(1100)
  await verb(['peek', session, '1'])
  expect((await verb(['is-attached', session])).stdout).toBe('false\n')
  expect(await activity()).toBe(before)
  await verb(['send-keys', session, 'Enter'])
  await expect.poll(activity).not.toBe(before)
})

test('exec and proc-stream: outputs, code, no input', async ({ verb, session }) => {
  const command = 'cat; echo out; echo err >&2; exit 7'
  expect(await verb(['exec', session], command)).toEqual({ exitCode: 7, stdout: 'out\nerr\n', stderr: '' })
  expect(await verb(['proc-stream', session], command)).toEqual({ exitCode: 7, stdout: 'out\n', stderr: 'err\n' })
  const long = `: ${'x'.repeat(300_000)}; printf %s "$0"; printf '\\377' | wc -c`
  expect((await verb(['exec', session], long)).stdout).toBe('sh1\n')
  for (const operation of ['exec', 'proc-stream']) {
    expect(await verb([operation, 'nobody'], 'true')).toMatchObject({ exitCode: 1, stdout: '' })
  }
})

test('a slow reader gets all of 100 MB, and our memory does not grow with it', { timeout: 300_000 }, async ({
  session,
  start,
}) => {
  const child = start(['exec', session])
  const ended = new Promise((resolve) => child.once('close', resolve))
  child.stdin?.end('head -c 100000000 /dev/zero | tr "\\0" x')
  const hash = createHash('sha256')
  let length = 0
  let memory = 0
  let stderr = ''
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  await setTimeout(1500)
  for await (const chunk of child.stdout ?? []) {
    hash.update(chunk)
    if (Math.floor((length + chunk.length) / 5e6) > Math.floor(length / 5e6)) {
      memory = Math.max(memory, peakMemory(child.pid))
      await setTimeout(20)
    }
    length += chunk.length
  }
  expect({ exitCode: await ended, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(length).toBe(100_000_000)
  expect(hash.digest('hex')).toBe(createHash('sha256').update('x'.repeat(length)).digest('hex'))
  expect(memory).toBeGreaterThan(10_000)
  expect(memory).toBeLessThan(200_000)
})

/** The most resident memory that a process has had, in KiB; 0 when it has ended: the last it wrote may still be read. */
function peakMemory(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

test('SIGTERM ends the call and the command; a reader who leaves ends it quietly', async ({ verb, session, start }) => {
  const left = async () => (await verb(['exec', session], 'grep -lsx "sleep.9[89]" /proc/[0-9]*/cmdline -za')).stdout
  for (const [number, end] of [
    ['98', (child: ReturnType<typeof spawn>) => child.kill('SIGTERM')],
    ['99', (child: ReturnType<typeof spawn>) => child.stdout?.destroy()],
  ] as const) {
    const milliseconds = await quickest(2000, async () => {
      const child = start(['exec', session])
      let stderr = ''
      child.stderr?.on('data', (chunk) => {
        stderr += chunk
      })
      child.stdin?.end(`echo begun; sleep ${number} & while echo more; do sleep 0.1; done`)
      await new Promise((resolve) => child.stdout?.once('data', resolve))
      const asked = performance.now()
      const ended = new Promise((resolve) => child.once('exit', resolve))
      end(child)
      expect(await ended).toBe(1)
      const took = performance.now() - asked
      expect(stderr).toBe(number === '98' ? 'gc-session-k8s: exec: ended by SIGTERM\n' : '')
      await expect.poll(left).toBe('')
      return took
    })
    expect(milliseconds).toBeLessThan(2000)
  }
})

test('copy-to, copy-from', async ({ verb, session }) => {
  const folder = mkdtempSync(join(tmpdir(), 'gc-e2e-'))
  mkdirSync(join(folder, 'tree', 'empty'), { recursive: true })
  writeFileSync(join(folder, 'tree', 'run me'), '#!/bin/sh\n', { mode: 0o750 })
  writeFileSync(join(folder, 'tree', '-new\nline'), Buffer.from([0, 255, 10]))
  symlinkSync('/etc/passwd', join(folder, 'tree', 'link'))
  expect(await verb(['copy-to', session, join(folder, 'tree'), 'a/b'])).toEqual(quiet)
  expect(await verb(['copy-to', session, join(folder, 'tree', 'run me'), ''])).toEqual(quiet)
  expect((await verb(['exec', session], `cd /workspace && stat -c '%A %F %n' a/b/* 'run me'`)).stdout).toBe(
    [
      '-rw-r--r-- regular file a/b/-new\nline',
      'drwxr-xr-x directory a/b/empty',
      'lrwxrwxrwx symbolic link a/b/link',
      '-rwxr-x--- regular file a/b/run me',
      '-rwxr-x--- regular file run me\n',
    ].join('\n'),
  )
  expect(await verb(['copy-from', session, 'a/b/-new\nline'])).toMatchObject({ exitCode: 0 })
  expect((await verb(['copy-from', session, '/workspace/run me'])).stdout).toBe('#!/bin/sh\n')
  expect(await verb(['copy-from', session, 'nothing'])).toMatchObject({ exitCode: 1, stdout: '' })
  expect(await verb(['copy-to', session, join(folder, 'nothing'), 'x'])).toEqual(quiet)
  expect(await verb(['copy-to', 'nobody', join(folder, 'tree'), 'x'])).toEqual(quiet)
  expect(await verb(['copy-to', session, join(folder, 'tree'), '../x'])).toMatchObject({ exitCode: 1 })
  rmSync(folder, { recursive: true })
})

test('watch-startup tells the screen at once and at each change, and ends at SIGTERM', async ({
  verb,
  session,
  start,
}) => {
  const watcher = start(['watch-startup', session])
  const ended = new Promise((resolve) => watcher.once('exit', resolve))
  const lines = createInterface({ input: watcher.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]()
  const next = async () => JSON.parse((await lines.next()).value as string).content as string
  await next()
  await verb(['send-keys', session, 'echo changed-$((6 * 7))', 'Enter'])
  let screen = ''
  while (!screen.includes('changed-42')) screen = await next()
  watcher.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect((await verb(['watch-startup', 'nobody'])).exitCode).toBe(1)
})

test('check-image asks the kubelet and leaves nothing, also when it is ended', async ({ verb, kubectl, namespace }) => {
  expect(await verb(['check-image', environment.GC_K8S_IMAGE ?? ''])).toEqual(quiet)
  expect(await verb(['check-image', 'registry.invalid/no/such:image'])).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('registry.invalid/no/such:image'),
  })
  await using proxy = await steppingProxy((step) => step === '201' && child.kill('SIGTERM')) // the pod is made
  const KUBECONFIG = proxy.kubeconfig
  const env = { ...process.env, ...environment, KUBECONFIG, GC_K8S_NAMESPACE: namespace, GC_K8S_BROKER: 'off' }
  const child = spawn('gc-session-k8s', ['check-image', 'registry.invalid/no/such:image'], { env })
  const stderr = text(child.stderr)
  expect(await once(child, 'exit')).toEqual([1, null])
  expect(await stderr).toContain('SIGTERM')
  expect(await kubectl('get', 'pods', '-l', 'app=gc-check-image', '-o', 'name')).toBe('')
  expect((await verb(['list-running', ''])).stdout).toBe('host\n')
})

test('provision makes a place for gc to launch the agent in', async ({ verb }) => {
  expect(await verb(['provision', 'place'], JSON.stringify({ command: 'sh' }))).toEqual(quiet)
  expect((await verb(['is-running', 'place'])).stdout).toBe('false\n')
  expect((await verb(['exec', 'place'], 'echo there')).stdout).toBe('there\n')
  expect((await verb(['exec', 'place'], "tmux new-session -d -s main 'sleep 300'")).exitCode).toBe(0)
  expect((await verb(['is-running', 'place'])).stdout).toBe('true\n')
  expect(await verb(['start', 'place'], '{}')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('already exists'),
  })
  expect(await verb(['stop', 'place'])).toEqual(quiet)
})

test('a start for which there is no room is 75; without a session, verbs are quiet', async ({ verb, namespace }) => {
  const full = { exitCode: 75, stderr: expect.stringContaining('quota') }
  await withNoPods(namespace, async () => expect(await verb(['start', 'crowd'], '{}')).toMatchObject(full))
  for (const args of [
    ['send-keys', 'nobody', 'x'],
    ['clear-scrollback', 'nobody'],
    ['get-last-activity', 'nobody'],
  ]) {
    expect(await verb(args)).toEqual(quiet)
  }
  expect((await verb(['is-attached', 'nobody'])).stdout).toBe('false\n')
})
