import { execFile } from 'node:child_process'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'vitest'
import { localSessionProvider } from '../../src/index.ts'
import { test } from './support.ts'

const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 10_000 })
const phaseOf = async (provider: ReturnType<typeof localSessionProvider>, name: string) =>
  (await provider.describe(name))?.phase

/** One that has ended may stay in the table of processes for as long as its parent does not ask about it. */
const runs = async (pid: number) => / [^ZX] /.test(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''))

test('an agent inherits the environment, and what the start adds; its folder is the one that was asked for', async ({
  root,
}) => {
  const env = { ...process.env, INHERITED: 'yes', TMUX: '/nowhere,1,0' }
  await using provider = localSessionProvider({ root, workDir: '/usr', env })
  await provider.start('env', { command: 'cat', env: { GIVEN: 'a "b"\n$HOME' } })
  const { stdout } = await provider.exec('env', ['sh', '-c', 'printf "%s|" "$INHERITED" "$GIVEN" "$PWD" "$TMUX"'])
  expect(stdout.toString()).toBe('yes|a "b"\n$HOME|/usr||')
  await provider.stop('env')
})

test('a session outlives its provider, and another one reaches it by the root', async ({ root, provider }) => {
  const first = localSessionProvider({ root })
  await first.start('kept', { command: 'cat' })
  await first.close()
  await provider.nudge('kept', 'still there')
  await eventually(() => provider.peek('kept')).toBe('still there\nstill there\n')
})

test('a session that has ended is Finished with its exit code, keeps its log, and is replaced by the next start', async ({
  provider,
}) => {
  await provider.start('brief', { command: 'read line; echo "got $line"; exit 7', nudge: 'go' })
  await eventually(() => phaseOf(provider, 'brief')).toBe('Finished')
  expect(await provider.describe('brief')).toMatchObject({ exitCode: 7, reason: 'Error' })
  expect(await provider.isRunning('brief')).toBe(false)
  expect(await text(provider.logs('brief'))).toContain('got go')
  expect(await text(provider.logs('brief', { tailLines: 1 }))).toBe('got go\r\n')
  await provider.start('brief', { command: 'cat' })
  expect(await phaseOf(provider, 'brief')).toBe('Running')
})

test('a session whose supervisor was killed is Finished; the next start ends what it left and replaces it', async ({
  root,
  provider,
}) => {
  await provider.start('orphan', { command: 'echo "agent $$"; exec sleep 1000' })
  await eventually(() => provider.peek('orphan')).toMatch(/agent \d+/)
  const agent = Number((await provider.peek('orphan')).match(/agent (\d+)/)?.[1])
  const [folder = ''] = await readdir(root)
  process.kill(Number.parseInt(await readFile(join(root, folder, 'supervisor'), 'utf8'), 10), 'SIGKILL')
  await eventually(() => phaseOf(provider, 'orphan')).toBe('Finished')
  expect(await provider.listRunning()).toEqual([])
  expect(await runs(agent)).toBe(true)
  await provider.start('orphan', { command: 'cat' })
  await eventually(() => runs(agent)).toBe(false)
  expect(await provider.listRunning()).toEqual(['orphan'])
})

test('a start whose process was killed leaves nothing that keeps the next one from starting', async ({
  root,
  provider,
}) => {
  const source = fileURLToPath(new URL('../../src/index.ts', import.meta.url))
  const script = `import { localSessionProvider } from ${JSON.stringify(source)}
    const provider = localSessionProvider({ root: ${JSON.stringify(root)} })
    await provider.start('half', { command: 'cat' }, { onProgress: (step) => step.startsWith('waiting') && process.kill(process.pid, 'SIGKILL') })`
  const options = ['--conditions=@kubectl-gc/source', '--input-type=module', '--eval', script]
  await expect(promisify(execFile)(process.execPath, options)).rejects.toMatchObject({ signal: 'SIGKILL' })
  expect(await readdir(root)).toHaveLength(1)
  expect(await phaseOf(provider, 'half')).toBe('Finished')
  await provider.start('half', { command: 'cat' })
  expect(await phaseOf(provider, 'half')).toBe('Running')
})

test('stop hangs up first, and kills what ignores that when its grace is over, background processes too', async ({
  root,
  provider,
}) => {
  const note = join(root, 'note')
  await provider.start('polite', { command: `trap 'echo hung up >${note}; exit' HUP; while :; do sleep 0.1; done` })
  await provider.stop('polite', { gracePeriodSeconds: 10 })
  expect(await readFile(note, 'utf8')).toBe('hung up\n')

  const stubborn = `trap '' HUP; setsid sleep 1000 & echo "background $!"; while :; do sleep 0.1; done`
  await provider.start('stubborn', { command: stubborn })
  await eventually(() => provider.peek('stubborn')).toMatch(/background \d+/)
  const background = Number((await provider.peek('stubborn')).match(/background (\d+)/)?.[1])
  const stopping = provider.stop('stubborn', { gracePeriodSeconds: 0.5 })
  await eventually(() => phaseOf(provider, 'stubborn')).toBe('Stopping')
  expect(await provider.listRunning()).toEqual([])
  expect(await stopping).toBe(true)
  await eventually(() => runs(background)).toBe(false)
})

test('two stops at once share one grace, and a start in between waits for the name', async ({ provider }) => {
  await provider.start('shared', { command: `trap 'sleep 0.3; exit' HUP; while :; do sleep 0.1; done` })
  const begin = performance.now()
  const stops = [provider.stop('shared'), provider.stop('shared')]
  await eventually(() => phaseOf(provider, 'shared')).toBe('Stopping')
  await provider.start('shared', { command: 'cat' })
  expect(performance.now() - begin).toBeGreaterThan(300)
  await Promise.all(stops)
  expect(await provider.isRunning('shared')).toBe(true)
})

test('logs are followed to the end of the session', async ({ provider }) => {
  await provider.start('talker', { command: 'while read line; do echo "<$line>"; done' })
  const log = text(provider.logs('talker', { follow: true }))
  for (const word of ['one', 'two']) await provider.nudge('talker', word)
  await eventually(() => provider.peek('talker')).toContain('<two>')
  await provider.stop('talker')
  expect(await log).toMatch(/<one>\r\n.*<two>\r\n/s)
})

test('the configuration of the user is not read', async ({ root, provider }) => {
  await writeFile(join(root, '.tmux.conf'), 'set-option -g prefix C-a\n')
  await using configured = localSessionProvider({ root, env: { ...process.env, HOME: root } })
  await configured.start('plain', { command: 'cat' })
  const { stdout } = await provider.exec('plain', ['tmux', 'show-options', '-gv', 'prefix'])
  expect(stdout.toString()).toBe('C-b\n')
})

test('the root is closed to others', async ({ root, provider }) => {
  const nested = join(root, 'a')
  await using inner = localSessionProvider({ root: nested })
  await inner.start('private', { command: 'cat' })
  expect((await stat(nested)).mode & 0o777).toBe(0o700)
  await inner.stop('private')
  expect(await provider.list()).toEqual([])
})

test('the longest root works, and a longer one is refused at once', async ({ root }) => {
  const tooLong = join(root, 'x'.repeat(60))
  const refusal = { name: 'InvalidArgument', suggestion: expect.stringMatching(/of \d+ bytes at most/) }
  expect(() => localSessionProvider({ root: tooLong })).toThrow(expect.objectContaining(refusal))
  let longest = root
  const fits = (path: string) => {
    try {
      return localSessionProvider({ root: path }) !== undefined
    } catch {
      return false
    }
  }
  for (longest += '/x'; fits(`${longest}x`); ) longest += 'x'
  await using provider = localSessionProvider({ root: longest })
  await provider.start('a/session/of/a/rather/long/name', { command: 'cat' })
  expect(await provider.listRunning()).toEqual(['a/session/of/a/rather/long/name'])
  await provider.stop('a/session/of/a/rather/long/name')
})

test('what cannot run is told: no such folder, no tmux', async ({ root }) => {
  await using lost = localSessionProvider({ root, workDir: '/nowhere' })
  await expect(lost.start('a')).rejects.toMatchObject({
    name: 'SessionError',
    message: expect.stringContaining("'/nowhere'"),
  })
  await using bare = localSessionProvider({ root, env: { PATH: '/nowhere' } })
  await expect(bare.start('a')).rejects.toMatchObject({
    name: 'SessionStartFailed',
    message: expect.stringContaining('tmux'),
  })
  expect(await lost.list()).toEqual([])
})

test("only this process's own terminal can be attached", async ({ provider }) => {
  await provider.start('seen', { command: 'cat' })
  const { PassThrough } = await import('node:stream')
  const size = () => ({ columns: 80, rows: 24 })
  const terminal = { input: new PassThrough(), output: new PassThrough(), size, onResize: () => () => {} }
  await expect(provider.attach('seen', terminal)).rejects.toMatchObject({
    name: 'InvalidArgument',
    suggestion: expect.stringMatching(/TMUX_TMPDIR=.* tmux attach/),
  })
  await expect(provider.attach('unseen', terminal)).rejects.toMatchObject({ name: 'SessionNotFound' })
})

test('an abort ends a command that runs, with the reason', async ({ provider }) => {
  await provider.start('host', { command: 'cat' })
  const abort = new AbortController()
  const running = provider.exec('host', ['sh', '-c', 'sleep 1000 & sleep 1000'], { signal: abort.signal })
  await setTimeout(100)
  const reason = new Error('enough')
  abort.abort(reason)
  await expect(running).rejects.toBe(reason)
})

test('the code of a command that a signal ended is the one that shells give', async ({ provider }) => {
  await provider.start('host', { command: 'cat' })
  expect((await provider.exec('host', ['sh', '-c', 'kill -KILL $$'])).exitCode).toBe(137)
})

test('only what the session runs is among its processes', async ({ provider }) => {
  await provider.start('quiet', { command: 'exec sleep 1000' })
  expect(await provider.processAlive('quiet', ['sleep'])).toBe(true)
  expect(await provider.processAlive('quiet', ['node'])).toBe(false)
  await using beside = await provider.spawn('quiet', ['tail', '-f', '/dev/null'])
  expect(await provider.processAlive('quiet', ['tail'])).toBe(false)
  await beside.kill()
  await provider.start('nested', { command: 'sh -c "sh -c \'tail -f /dev/null\'; :"; :' })
  await eventually(() => provider.processAlive('nested', ['tail'])).toBe(true)
})

test('what only a cluster has is refused: times of lines, and terminals for commands', async ({ provider }) => {
  await provider.start('plain', { command: 'cat' })
  const refused = { name: 'InvalidArgument' }
  await expect(text(provider.logs('plain', { timestamps: true }))).rejects.toMatchObject(refused)
  await expect(provider.spawn('plain', ['sh'], { tty: { columns: 80, rows: 24 } })).rejects.toMatchObject(refused)
})
