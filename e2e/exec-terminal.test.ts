import { expect } from 'vitest'
import { expectRestored, untouched } from './support/restored.ts'
import { openTerminal } from './support/terminal.ts'
import { test } from './support/test.ts'

const size = { columns: 100, rows: 30 }

test('exec --stdin --tty is a terminal: typing, keys, size, cursor, exit code', async ({ gc, kubectl, namespace }) => {
  await gc(['start', 'mayor', '--', 'cat'])
  const options = { env: { GC_K8S_NAMESPACE: namespace }, ...size }
  using person = openTerminal('kubectl', ['gc', 'exec', 'mayor', '-it', '--', 'bash', '--norc'], options)
  await expect.poll(person.screen).toMatch(/\$$/)
  person.type('stty size\r')
  await expect.poll(person.screen).toMatch(/^30 100$/m)
  person.resize({ columns: 132, rows: 43 })
  await expect
    .poll(() => kubectl('exec', 'mayor', '--', 'sh', '-c', 'stty size <"$(ls -t /dev/pts/[0-9]* | head -1)"'))
    .toBe('43 132\n')
  person.type('clear; stty -onlcr; printf "abc\\ndef\\r\\n"; stty onlcr\r')
  await expect.poll(person.screen).toMatch(/^abc\n {3}def$/m)
  person.type("sleep 1000; echo 'woken '$?\r")
  await expect.poll(() => kubectl('exec', 'mayor', '--', 'sh', '-c', 'pgrep -x sleep || true')).not.toBe('')
  person.type('\x03')
  await expect.poll(() => kubectl('exec', 'mayor', '--', 'sh', '-c', 'pgrep -x sleep || true')).toBe('')
  person.type('exit 9\r')
  expect(await person.exitCode).toBe(9)
  expect(person.modes()).toEqual(untouched)

  const piped = await gc(['exec', 'mayor', '-it', '--', 'sh', '-c', 'cat; test -t 1 || exit 5'], {
    stdin: 'through a pipe',
  })
  expect(piped).toEqual({
    exitCode: 5,
    stdout: 'through a pipe',
    stderr: 'Unable to use a TTY - input is not a terminal or the right kind of file\n',
  })
})

test('a signal ends the command and leaves the terminal as it was', async ({ kubectl, namespace, provider }) => {
  await provider.start('steady', { command: 'cat' })
  const command = 'kubectl-gc exec steady -i -t -- bash --norc -c "printf up. && exec sleep 1000"'
  const options = { env: { GC_K8S_NAMESPACE: namespace }, ...size }
  const signals = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const
  await Promise.all(signals.map((signal) => expectRestored(signal, command, /up\./, options)))
  await expect.poll(() => kubectl('exec', 'steady', '--', 'sh', '-c', 'pgrep -x sleep || true')).toBe('')
})
