import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { environment } from './support/run.ts'
import { test as base } from './support/test.ts'

/** Writes files below a folder of the test's own; a name that ends with `/` is a folder. */
type Write = (files: Record<string, string>) => Promise<string>

const test = base.extend<{ write: Write }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants a destructured parameter
  write: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'gc-start-'))
    await use(async (files) => {
      for (const [name, content] of Object.entries(files)) {
        await mkdir(join(folder, name.endsWith('/') ? name : dirname(name)), { recursive: true })
        if (!name.endsWith('/')) await writeFile(join(folder, name), content)
      }
      return folder
    })
    await rm(folder, { recursive: true })
  },
})

const hostile = ['new\nline', `quo'te"s`, '日本語', '-rf', '$(id) `x`', ' ']
const fakeGc = `#!/bin/sh
echo "$*" >/workspace/gc-arguments
(cd /tmp/city-src && find . -type f ! -path './rig/*' | sort) >/workspace/gc-source
echo no such template >&2
exit 3`

test('what the document names is there before the agent, and what it says is done in order', async ({
  verb,
  write,
}) => {
  const folder = await write({
    'city/city.toml': '[workspace]',
    'city/.gc/secret': '',
    'city/rig/script': 'echo',
    'city/rig/private': 'x',
    'city/rig/empty/': '',
    ...Object.fromEntries(hostile.map((name) => [`city/rig/names/${name}`, name])),
    'pack/shared': 'pack',
    'overlay/shared': 'overlay',
    'overlay/bin/gc': fakeGc,
    'copies/in/folder': 'x',
    'copies/file': 'x',
    'set-up.sh': 'tmux set-environment -t =main SCRIPT "$(cat /workspace/shared)"',
  })
  const city = join(folder, 'city')
  await chmod(join(city, 'rig/script'), 0o755)
  await chmod(join(city, 'rig/private'), 0o600)
  await chmod(join(folder, 'overlay/bin/gc'), 0o755)
  await symlink('script', join(city, 'rig/link'))
  await symlink(join(city, 'rig/script'), join(city, 'followed'))
  const document = {
    work_dir: join(city, 'rig'),
    command: `sleep 300 & echo at "$PWD"; sleep 0.5; printf 'ready\\n > '; read -r line; echo "got $line"; exec sleep 300`,
    env: {
      GC_CITY: city,
      GC_RIG_ROOT: join(city, 'rig'),
      GC_SESSION: 'exec:x',
      GC_DOLT_PORT: '3307',
      PATH: '/workspace/bin:/usr/bin:/bin',
      LITERAL: '$(HOME) $$ $x \' " \n é',
    },
    process_names: ['sleep'],
    nudge: 'begin',
    ready_prompt_prefix: '> ',
    ready_delay_ms: 50,
    pre_start: [`ls ${city}/rig/script >listed`, 'ls "$HOME" && cat /workspace/shared >pre-start'],
    session_setup: ['tmux set-environment -t =main SETUP 1', 'echo oh >&2; exit 3'],
    session_setup_script: join(folder, 'set-up.sh'),
    session_live: ['tmux set-environment -t =main LIVE "$(tmux show-environment -t =main SCRIPT)"', 'exit 4'],
    pack_overlay_dirs: [join(folder, 'pack'), join(folder, 'missing')],
    overlay_dir: join(folder, 'overlay'),
    copy_files: [
      { src: join(folder, 'copies'), rel_dst: 'rig/copies' },
      { src: join(folder, 'copies/file'), rel_dst: 'deep/er/renamed' },
      { src: join(folder, 'copies/file') },
      { src: join(folder, 'missing') },
    ],
    unknown: true,
  }
  const start = await verb(['start', 'staged'], JSON.stringify(document))
  expect(start).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: `copy_files warning: there is no ${folder}/missing
gc init warning: exit code 3: no such template
session_setup warning: echo oh >&2; exit 3
exit code 3: oh
session_live warning: exit 4
exit code 4
`,
  })
  const inPod = async (command: string) => (await verb(['exec', 'staged'], command)).stdout
  await expect
    .poll(() => inPod('tmux capture-pane -p -t =main: | grep .'))
    .toBe('at /workspace/rig\nready\n > begin\ngot begin\n')
  const found = await inPod(`cd /workspace && find . -mindepth 1 ! -path './.*' -printf '%M %u %p -> %l\\0'`)
  const entries = [
    'drwxr-xr-x agent ./rig/empty -> ',
    '-rwxr-xr-x agent ./rig/script -> ',
    '-rw------- agent ./rig/private -> ',
    'lrwxrwxrwx agent ./rig/link -> script',
    ...hostile.map((name) => `-rw-r--r-- agent ./rig/names/${name} -> `),
    '-rw-r--r-- agent ./rig/copies/in/folder -> ',
    '-rw-r--r-- agent ./deep/er/renamed -> ',
    '-rw-r--r-- agent ./file -> ',
  ]
  expect(found.split('\0')).toEqual(expect.arrayContaining(entries))
  expect(await inPod('cd /workspace && cat rig/listed rig/pre-start gc-arguments; cat gc-source; ls -A /tmp')).toMatch(
    /^\/workspace\/rig\/script\noverlayinit --from \/tmp\/city-src \/workspace .*\n\.\/city\.toml\n\.\/followed\n(?!.*city-src)/s,
  )
  expect(await inPod('tmux show-environment -t =main | grep -E "^(SETUP|SCRIPT|LIVE)="')).toBe(
    'LIVE=SCRIPT=overlay\nSCRIPT=overlay\nSETUP=1\n',
  )
  expect(await inPod('printf "%s" "$LITERAL"')).toBe(document.env.LITERAL)
  expect(await inPod('echo "$GC_CITY $GC_DIR $GC_RIG_ROOT $GC_SESSION" ; echo "$GC_DOLT_HOST"')).toMatch(
    /^\/workspace \/workspace\/rig \/workspace\/rig \ndolt\./,
  )
  await verb(['stop', 'staged'])
})

test('a start that fails, or whose agent ends, says so and leaves nothing', async ({ verb, kubectl }) => {
  const start = (name: string, document: object) => verb(['start', name], JSON.stringify(document))
  const [failed, done, broken, host, long] = await Promise.all([
    start('failed', { command: 'sh', pre_start: ['true', 'echo the reason; exit 9', 'sleep 300'] }),
    start('done', { command: 'true', lifecycle: 'one_shot', nudge: 'x' }),
    start('broken', { command: 'echo last words; exit 5', lifecycle: 'one_shot', ready_delay_ms: 5000 }),
    start('host', { env: { GC_DOLT_HOST: 'db' } }),
    start('long', { env: { LONG: 'x'.repeat(200_000) } }),
  ])
  expect(failed).toMatchObject({ exitCode: 1 })
  expect(failed.stderr).toContain('pre_start command "echo the reason; exit 9" ended with exit code 9\nthe reason\n')
  expect(done).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  expect(broken).toMatchObject({ exitCode: 1 })
  expect(broken.stderr).toMatch(/the agent ended with exit code 5.*last words/s)
  expect(host.stderr).toContain('start: session payload requires GC_DOLT_PORT when GC_DOLT_HOST is set')
  expect(long.stderr).toContain('the variable LONG has 200006 bytes, and Linux allows 131072')
  expect(await kubectl('get', 'pods', '--field-selector', 'metadata.name!=done', '-o', 'name')).toBe('')
  expect(await verb(['is-running', 'done'])).toMatchObject({ stdout: 'false\n' })
  await verb(['stop', 'done'])
})

test('a long command and long variables arrive whole, and commands beside the agent still run', async ({ verb }) => {
  const env = Object.fromEntries(['A', 'B', 'C'].map((name) => [name, name.repeat(100_000)]))
  const command = `: '${'é'.repeat(150_000)}'\necho "$A $B $C" | wc -c; exec sleep 300`
  expect(await verb(['start', 'long'], JSON.stringify({ command, env }))).toMatchObject({ exitCode: 0, stderr: '' })
  await expect.poll(async () => (await verb(['peek', 'long'])).stdout).toBe('300003\n')
  expect(await verb(['exec', 'long'], 'printf %s "$C" | wc -c')).toMatchObject({ stdout: '100000\n' })
  await verb(['stop', 'long'])
})

test('a start that is aborted at any step leaves nothing', async ({ provider, kubectl, write }) => {
  const city = join(await write({ 'city/rig/file': 'x' }), 'city')
  const config = {
    workDir: join(city, 'rig'),
    command: 'sleep 300',
    env: { GC_CITY: city },
    preStart: ['true'],
    readyPromptPrefix: '>',
  }
  const steps = [
    'creating the pod',
    'waiting for the session',
    'copying',
    'making the city',
    'running',
    'waiting for the agent',
  ]
  await Promise.all(
    steps.map(async (step, index) => {
      const aborted = new AbortController()
      const onProgress = (now: string) => now.startsWith(step) && aborted.abort(new Error(`at ${step}`))
      const start = provider.start(`aborted-${index}`, config, { signal: aborted.signal, onProgress })
      await expect(start).rejects.toThrow(`at ${step}`)
    }),
  )
  await expect.poll(() => kubectl('get', 'pods', '-l', 'app=gc-agent', '-o', 'name')).toBe('')
})

const document = { command: 'sleep 300', pre_start: ['sleep 300'] }

/** `gc-session-k8s start`, to be killed. */
function starting(namespace: string, name: string, more: NodeJS.ProcessEnv = {}) {
  const env = { ...process.env, ...environment, GC_K8S_NAMESPACE: namespace, ...more }
  const child = spawn('gc-session-k8s', ['start', name], { env, stdio: ['pipe', 'ignore', 'ignore'] })
  child.stdin.on('error', () => {}) // it is killed before it reads
  child.stdin.end(JSON.stringify(document))
  const ended = new Promise((resolve) => child.on('exit', resolve))
  return { child, ended }
}

test('after SIGKILL the pod ends by itself, and the next start takes its name', async ({
  namespace,
  verb,
  kubectl,
}) => {
  // A broker would see that its caller has left, and remove the pod.
  const { child, ended } = starting(namespace, 'killed', { GC_K8S_BROKER: 'off' })
  const phase = () => kubectl('get', 'pods', '-l', 'gc-session=killed', '-o', 'jsonpath={.items[*].status.phase}')
  await expect.poll(phase).toBe('Running')
  expect(await verb(['is-running', 'killed'])).toMatchObject({ stdout: 'false\n' })
  child.kill('SIGKILL')
  await ended
  await expect.poll(phase).toBe('Failed')
  expect(await verb(['start', 'killed'], JSON.stringify({ command: 'sh' }))).toMatchObject({ exitCode: 0 })
  await verb(['stop', 'killed'])
})
