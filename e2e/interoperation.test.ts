import { expect } from 'vitest'
import { environment, run } from './support/run.ts'
import { test } from './support/test.ts'

/**
 * A session as the shell script makes it: tmux under a shell that outlives it, no supervisor of ours.
 * @param before what the script waits for before it makes tmux
 */
function scriptPod(session: string, namespace: string, before = ':'): string {
  const entrypoint = `${before}; CMD=$(echo '${btoa('cat')}' | base64 -d) && tmux new-session -d -s main "$CMD" && sleep infinity`
  return JSON.stringify({
    ...{ apiVersion: 'v1', kind: 'Pod' },
    metadata: {
      ...{ name: session, namespace },
      labels: { app: 'gc-agent', 'gc-session': session, 'gc-agent': 'coder' },
      annotations: { 'gc-session-name': session },
    },
    spec: {
      restartPolicy: 'Never',
      containers: [
        {
          ...{
            name: 'agent',
            image: environment.GC_K8S_IMAGE,
            imagePullPolicy: 'IfNotPresent',
            stdin: true,
            tty: true,
          },
          ...{ command: ['/bin/sh', '-c'], args: [entrypoint], workingDir: '/workspace' },
          resources: { requests: { cpu: '10m', memory: '32Mi' } },
        },
      ],
    },
  })
}

test("ours list, drive and stop a session of the shell script's", async ({ verb, kubectl, namespace }) => {
  const applied = await run('kubectl', ['apply', '-f', '-'], { stdin: scriptPod('theirs', namespace) })
  expect(applied).toMatchObject({ exitCode: 0 })
  await kubectl('wait', '--for=condition=Ready', 'pod/theirs', '--timeout=60s')
  await expect.poll(async () => (await verb(['is-running', 'theirs'])).stdout).toBe('true\n')
  expect((await verb(['list-running', ''])).stdout).toBe('theirs\n')
  expect((await verb(['start', 'theirs'], '{}')).stderr).toContain('already exists')
  await verb(['nudge', 'theirs'], 'hello')
  await expect.poll(async () => (await verb(['peek', 'theirs', '5'])).stdout).toBe('hello\nhello\n')
  await verb(['set-meta', 'theirs', 'KEY'], 'value')
  expect(await kubectl('exec', 'theirs', '--', 'tmux', 'show-environment', '-t', 'main', 'KEY')).toBe('KEY=value\n')

  // its tmux ends, its pod does not
  await kubectl('exec', 'theirs', '--', 'tmux', 'kill-session', '-t', 'main')
  expect((await verb(['is-running', 'theirs'])).stdout).toBe('false\n')
  expect((await verb(['list-running', ''])).stdout).toBe('')
  expect(await verb(['stop', 'theirs'])).toMatchObject({ exitCode: 0 })
  expect(await kubectl('get', 'pods', '-o', 'name')).toBe('')
})

test("a pod of the script's is replaced once its tmux has ended, and not while it comes up", async ({
  verb,
  kubectl,
  namespace,
}) => {
  const waiting = 'while [ ! -f /tmp/ready ]; do sleep 0.2; done'
  const applied = await run('kubectl', ['apply', '-f', '-'], { stdin: scriptPod('left', namespace, waiting) })
  expect(applied).toMatchObject({ exitCode: 0 })
  await kubectl('wait', '--for=condition=Ready', 'pod/left', '--timeout=60s')
  const uid = () => kubectl('get', 'pod', 'left', '-o', 'jsonpath={.metadata.uid}')
  const first = await uid()
  const start = () => verb(['start', 'left'], JSON.stringify({ command: 'cat' }))
  expect(await start()).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('already exists') })

  await kubectl('exec', 'left', '--', 'touch', '/tmp/ready')
  await expect.poll(async () => (await verb(['is-running', 'left'])).stdout).toBe('true\n')
  expect(await start()).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('already exists') })

  await kubectl('exec', 'left', '--', 'tmux', 'kill-server')
  const begun = await Promise.all([start(), start()])
  expect(begun.map(({ exitCode }) => exitCode).sort()).toEqual([0, 1])
  expect((await verb(['is-running', 'left'])).stdout).toBe('true\n')
  expect(await uid()).not.toBe(first)
  await verb(['stop', 'left'])
})

test("the script's and the native provider's commands see and drive ours, while our stream is open", async ({
  provider,
  kubectl,
}) => {
  await using session = await provider.start('ours', { command: 'cat', env: { GC_AGENT: 'coder' } })
  const tmux = (...args: string[]) => kubectl('exec', 'ours', '--', 'tmux', ...args)
  const running = [
    '--field-selector=status.phase=Running',
    '-o',
    'jsonpath={.items[*].metadata.annotations.gc-session-name}',
  ]
  await expect.poll(() => kubectl('get', 'pods', '-l', 'app=gc-agent', ...running)).toBe('ours')
  expect(await kubectl('get', 'pods', '-l', 'gc-session=ours,gc-agent=coder', '-o', 'name')).toBe('pod/ours\n')
  await tmux('has-session', '-t', 'main')

  const observe = () => tmux('display-message', '-t', 'main', '-p', '#{session_attached} #{session_activity}')
  const before = await observe()
  expect(before).toMatch(/^0 /)
  await new Promise((resolve) => setTimeout(resolve, 1100)) // tmux counts activity in seconds
  await session.peek()
  await session.setMeta('KEY', 'value')
  expect(await observe()).toBe(before)

  expect(await tmux('show-environment', '-t', 'main', 'KEY')).toBe('KEY=value\n')
  await tmux('send-keys', '-t', 'main', '-l', 'typed by them')
  await tmux('send-keys', '-t', 'main', 'Enter')
  await expect.poll(() => session.peek()).toBe('typed by them\n'.repeat(2))
  expect(await tmux('capture-pane', '-t', 'main', '-p', '-S', '-5')).toContain('typed by them')
  await tmux('send-keys', '-t', 'main', 'C-c')
  await expect.poll(() => kubectl('get', 'pod', 'ours', '-o', 'jsonpath={.status.phase}')).toBe('Failed')
  await kubectl('delete', 'pod', '-l', 'gc-session=ours', '--ignore-not-found', '--grace-period=5')
})
