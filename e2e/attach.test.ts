import { expect } from 'vitest'
import { expectRestored, untouched } from './support/restored.ts'
import { steppingProxy } from './support/stepping-proxy.ts'
import { openTerminal } from './support/terminal.ts'
import { test } from './support/test.ts'

const size = { columns: 100, rows: 30 }
/** What tmux shows to whoever attaches: not for long, so it is looked for in all that has been sent. */
const hint = /\x1b\[\?1049h[\s\S]*Detach: C-b d/

test('attach is a terminal: typing, output, resize, detach', async ({ verb, kubectl, namespace }) => {
  await verb(['start', 'mayor'], JSON.stringify({ command: 'sh' }))
  const windowSize = () =>
    kubectl('exec', 'mayor', '--', 'tmux', 'display', '-p', '-t', '=main:', '#{window_width}x#{window_height}')
  const clients = () =>
    kubectl('exec', 'mayor', '--', 'tmux', 'list-clients', '-t', '=main', '-F', '#{client_control_mode}')
  const before = await windowSize()

  using person = openTerminal('kubectl', ['gc', 'attach', 'mayor'], { env: { GC_K8S_NAMESPACE: namespace }, ...size })
  await expect.poll(clients).toContain('0')
  await expect.poll(windowSize).toBe('100x29\n')
  await expect.poll(person.output).toMatch(hint)
  person.type('echo $((6 * 7))x\r')
  await expect.poll(person.output).toContain('42x')
  expect((await verb(['peek', 'mayor', '20'])).stdout).toContain('42x')

  person.resize({ columns: 132, rows: 43 })
  await expect.poll(windowSize).toBe('132x42\n')

  person.type('\x02d') // C-b d
  expect(await person.exitCode).toBe(0)
  expect(person.modes()).toEqual(untouched)
  await expect.poll(clients).toBe('')
  await expect.poll(windowSize).toBe(before)
  expect((await verb(['is-running', 'mayor'])).stdout).toBe('true\n')
  await verb(['stop', 'mayor'])
})

test('attach ends with the session', async ({ verb, namespace, kubectl }) => {
  await verb(['start', 'brief'], JSON.stringify({ command: 'sh' }))
  using person = openTerminal('gc-session-k8s', ['attach', 'brief'], { env: { GC_K8S_NAMESPACE: namespace }, ...size })
  await expect.poll(() => kubectl('exec', 'brief', '--', 'tmux', 'list-clients', '-t', '=main')).not.toBe('')
  person.type('exit 4\r')
  await person.exitCode
  await expect
    .poll(() =>
      kubectl('get', 'pod', 'brief', '-o', 'jsonpath={.status.containerStatuses[0].state.terminated.exitCode}'),
    )
    .toBe('4')
  await verb(['stop', 'brief'])
})

test('without a terminal, or without a session, attach says so', async ({ gc, verb }) => {
  const piped = await gc(['attach', 'nobody'])
  expect(piped.exitCode).toBe(1)
  expect(piped.stderr).toMatch(/terminal/)
  expect((await verb(['attach', 'nobody'])).exitCode).toBe(1)
})

test('several people are attached at once, and one of them only looks', async ({ provider, namespace }) => {
  await provider.start('shared', { command: 'sh' })
  const env = { GC_K8S_NAMESPACE: namespace }
  using first = openTerminal('kubectl', ['gc', 'attach', 'shared'], { env, ...size })
  using second = openTerminal('kubectl', ['gc', 'attach', 'shared'], { env, ...size })
  using onlooker = openTerminal('kubectl', ['gc', 'attach', 'shared', '--read-only'], { env, ...size })
  for (const { output } of [first, second]) await expect.poll(output).toMatch(hint)
  await expect.poll(onlooker.output).toMatch(/\x1b\[\?1049h[\s\S]*Read-only. Detach: C-b d/)
  first.type('echo $((6 * 7))a\r')
  for (const { screen } of [second, onlooker]) await expect.poll(screen).toContain('42a')
  onlooker.type('exit\r')
  second.type('echo $((6 * 7))b\r')
  await expect.poll(onlooker.screen).toContain('42b')
  expect(onlooker.screen()).not.toContain('exit')
  for (const person of [onlooker, second, first]) {
    person.type('\x02d')
    expect(await person.exitCode).toBe(0)
    expect(person.modes()).toEqual(untouched)
  }
  await provider.stop('shared')
})

test('a connection that is cut is made again, and C-c ends the trying', async ({ provider, namespace }) => {
  await provider.start('far', { command: 'sh' })
  await using proxy = await steppingProxy(() => {})
  using person = openTerminal('kubectl', ['gc', 'attach', 'far'], {
    env: { GC_K8S_NAMESPACE: namespace, KUBECONFIG: proxy.kubeconfig },
    ...size,
  })
  await expect.poll(person.output).toMatch(hint)
  proxy.cut(true)
  await expect.poll(person.screen).toMatch(/^Connection to far lost; trying again. C-c ends that.$/m)
  expect(person.modes()).toEqual(untouched)
  person.type('echo nobody saw me type\r')
  const shown = person.output().length
  proxy.cut(false)
  await expect.poll(() => person.output().slice(shown)).toMatch(hint)
  person.type('echo $((6 * 7))back\r')
  await expect.poll(person.screen).toContain('42back')
  expect(person.screen()).not.toContain('nobody saw')
  proxy.cut(true)
  await expect.poll(person.screen).toMatch(/^Connection to far lost/m)
  person.type('\x03')
  expect(await person.exitCode).toBe(130)
  expect(person.modes()).toEqual(untouched)
  await provider.stop('far')
})

test.for(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)(
  '%s leaves the terminal as it was',
  async (signal, { provider, namespace }) => {
    if (!(await provider.isRunning('steady'))) await provider.start('steady', { command: 'sh' })
    const options = { env: { GC_K8S_NAMESPACE: namespace }, ...size }
    await expectRestored(signal, 'kubectl-gc attach steady', hint, options)
  },
)
