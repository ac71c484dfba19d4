import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { memorySessionProvider } from '../../src/index.ts'

test('an agent answers nudges as its callback says', async () => {
  await using provider = memorySessionProvider({
    onStart: (terminal) => terminal.print('ready\n> '),
    onNudge: (terminal, question) => terminal.print(`you said "${question}"\n> `),
  })
  const session = await provider.start('mayor', { command: 'agent --fast' })
  await session.nudge('hello')
  expect(await session.peek()).toBe('ready\n> hello\nyou said "hello"\n>\n')
  expect(provider.terminal('mayor').nudges.map(String)).toEqual(['hello'])
  expect(await provider.processAlive('mayor', ['agent'])).toBe(true)
})

test('keys are typed and submitted, and C-c interrupts', async () => {
  const interrupted: string[] = []
  await using provider = memorySessionProvider({ onInterrupt: ({ name }) => interrupted.push(name) })
  await provider.start('mayor')
  await provider.sendKeys('mayor', ['make', 'Space', 'test', 'Up', 'Enter', 'x', 'C-c'])
  expect(provider.terminal('mayor').nudges.map(String)).toEqual(['make test'])
  expect(await provider.peek('mayor')).toBe('make test\nx^C\n')
  expect(interrupted).toEqual(['mayor'])
})

test('a watch tells of an end at once, and ends with the provider', async () => {
  const provider = memorySessionProvider()
  await provider.start('worker')
  const watch = provider.watch()
  expect((await watch.next()).value).toMatchObject({ type: 'added', session: { name: 'worker', phase: 'Running' } })
  const next = watch.next()
  provider.terminal('worker').end(3)
  expect((await next).value).toMatchObject({ type: 'changed', session: { phase: 'Finished', exitCode: 3 } })
  const last = watch.next()
  await Promise.all([expect(last).rejects.toThrow('the provider was closed'), provider.close()])
})

test('a session that ends is Finished, and its followers come to an end', async () => {
  await using provider = memorySessionProvider()
  const session = await provider.start('worker', { env: { GC_ALIAS: 'coder' } })
  const log = text(provider.logs('worker', { follow: true }))
  const terminal = provider.terminal('worker')
  terminal.print('one\n')
  terminal.print('two\n')
  terminal.end(3)
  await session.closed
  expect(await log).toBe('one\ntwo\n')
  expect(await text(provider.logs('worker', { tailLines: 1 }))).toBe('two\n')
  expect(await provider.list()).toMatchObject([{ name: 'worker', phase: 'Finished', exitCode: 3, agent: 'coder' }])
  await expect(provider.nudge('worker', 'x')).rejects.toMatchObject({ name: 'SessionNotFound' })
})

test('commands are answered by a callback; without one there are none', async () => {
  await using provider = memorySessionProvider({
    onExec: (_terminal, command, stdin) => ({ exitCode: 7, stdout: `${command.join(' ')}:${stdin}` }),
  })
  await provider.start('host')
  const { exitCode, stdout } = await provider.exec('host', ['cat', '-n'], { stdin: 'in' })
  expect([exitCode, stdout.toString()]).toEqual([7, 'cat -n:in'])
  await using silent = memorySessionProvider()
  await silent.start('host')
  expect(await silent.exec('host', ['true'])).toMatchObject({ exitCode: 127 })
})

test('a command that is not answered is ended by kill and by abort', async () => {
  await using provider = memorySessionProvider({ onExec: () => new Promise(() => {}) })
  await provider.start('host')
  const command = await provider.spawn('host', ['sleep', '1000'])
  await command.kill()
  expect(await command.wait()).toBe(143)
  const abort = new AbortController()
  const running = provider.exec('host', ['sleep', '1000'], { signal: abort.signal })
  abort.abort(new Error('enough'))
  await expect(running).rejects.toThrow('enough')
})

test('a person who attaches types, sees, and is counted', async () => {
  await using provider = memorySessionProvider()
  await provider.start('mayor')
  const [input, output] = [new PassThrough(), new PassThrough()]
  const size = () => ({ columns: 80, rows: 24 })
  const attached = provider.attach('mayor', { input, output, size, onResize: () => () => {} })
  input.write('hi\r')
  await expect.poll(() => provider.terminal('mayor').nudges.map(String)).toEqual(['hi'])
  expect(await provider.isAttached('mayor')).toBe(true)
  input.end()
  expect(await attached).toBe(0)
  expect(await provider.isAttached('mayor')).toBe(false)
  expect(output.read().toString()).toBe('hi\n')
})

test('a person who only looks sees, and types nothing', async () => {
  await using provider = memorySessionProvider()
  await provider.start('mayor')
  const [input, output] = [new PassThrough(), new PassThrough()]
  const terminal = { input, output, size: () => ({ columns: 80, rows: 24 }), onResize: () => () => {} }
  const attached = provider.attach('mayor', terminal, { readOnly: true })
  input.write('hi\r')
  provider.terminal('mayor').print('seen\n')
  await expect.poll(() => output.read()?.toString()).toBe('seen\n')
  input.end()
  expect(await attached).toBe(0)
  expect(provider.terminal('mayor').nudges).toEqual([])
})

test('only what has left the screen is forgotten', async () => {
  await using provider = memorySessionProvider()
  await provider.start('printer')
  for (let line = 1; line <= 200; line++) provider.terminal('printer').print(`${line}\n`)
  await provider.clearScrollback('printer')
  const left = (await provider.peek('printer', { lines: 0 })).trim().split('\n')
  expect([left.length, left[0], left.at(-1)]).toEqual([50, '151', '200'])
})

test('what only a cluster has is refused: times of lines, and terminals for commands', async () => {
  await using provider = memorySessionProvider()
  await provider.start('plain', { command: 'cat' })
  const refused = { name: 'InvalidArgument' }
  await expect(text(provider.logs('plain', { timestamps: true }))).rejects.toMatchObject(refused)
  await expect(provider.spawn('plain', ['sh'], { tty: { columns: 80, rows: 24 } })).rejects.toMatchObject(refused)
})
