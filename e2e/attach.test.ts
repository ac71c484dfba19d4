import { spawn } from '@lydell/node-pty'
import { expect } from 'vitest'
import { environment } from './support/run.ts'
import { test } from './support/test.ts'

/** A person's terminal that runs one program. */
function terminal(program: string, args: string[], env: Record<string, string>) {
  const pty = spawn(program, args, {
    cols: 100,
    rows: 30,
    env: { ...process.env, ...environment, ...env, TERM: 'xterm-256color' } as Record<string, string>,
  })
  let output = ''
  pty.onData((data) => {
    output += data
  })
  const exitCode = new Promise<number>((resolve) => pty.onExit((event) => resolve(event.exitCode)))
  return { pty, exitCode, output: () => output }
}

test('attach is a terminal: typing, output, resize, detach', async ({ verb, kubectl, namespace }) => {
  await verb(['start', 'mayor'], JSON.stringify({ command: 'sh' }))
  const size = () =>
    kubectl('exec', 'mayor', '--', 'tmux', 'display', '-p', '-t', '=main:', '#{window_width}x#{window_height}')
  const clients = () =>
    kubectl('exec', 'mayor', '--', 'tmux', 'list-clients', '-t', '=main', '-F', '#{client_control_mode}')
  const before = await size()

  const person = terminal('kubectl', ['gc', 'attach', 'mayor'], { GC_K8S_NAMESPACE: namespace })
  await expect.poll(clients).toContain('0')
  await expect.poll(size).toBe('100x29\n')
  person.pty.write('echo $((6 * 7))x\r')
  await expect.poll(person.output).toContain('42x')
  expect((await verb(['peek', 'mayor', '20'])).stdout).toContain('42x')

  person.pty.resize(132, 43)
  await expect.poll(size).toBe('132x42\n')

  person.pty.write('\x02d') // C-b d
  expect(await person.exitCode).toBe(0)
  await expect.poll(clients).toBe('')
  await expect.poll(size, { timeout: 5000 }).toBe(before)
  expect((await verb(['is-running', 'mayor'])).stdout).toBe('true\n')
  await verb(['stop', 'mayor'])
})

test('attach ends with the session', async ({ verb, namespace, kubectl }) => {
  await verb(['start', 'brief'], JSON.stringify({ command: 'sh' }))
  const person = terminal('gc-session-k8s', ['attach', 'brief'], { GC_K8S_NAMESPACE: namespace })
  await expect.poll(() => kubectl('exec', 'brief', '--', 'tmux', 'list-clients', '-t', '=main')).not.toBe('')
  person.pty.write('exit 4\r')
  await person.exitCode
  await expect
    .poll(
      () => kubectl('get', 'pod', 'brief', '-o', 'jsonpath={.status.containerStatuses[0].state.terminated.exitCode}'),
      { timeout: 10_000 },
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
