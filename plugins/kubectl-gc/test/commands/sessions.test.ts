import { PassThrough, Readable } from 'node:stream'
import { SessionExists, SessionStartFailed } from '@kubectl-gc/session-provider'
import { expect, test } from 'vitest'
import { gc, Keyboard, Sink } from '../support/gc.ts'
import { MemorySessions } from '../support/memory-sessions.ts'

function withMayor() {
  const sessions = new MemorySessions()
  return { sessions, mayor: sessions.add('mayor') }
}

test('start hands over everything and says so', async () => {
  const argv = ['start', 'mayor', '--env', 'A=b=c', '--env', 'D=', '--nudge', 'hello', '--', 'sh', '-c', "echo 'hi'"]
  const { code, stdout, stderr, sessions, targets } = await gc(argv)
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'session/mayor started\n', stderr: '' })
  const config = { command: "sh -c 'echo '\\''hi'\\'''", env: { A: 'b=c', D: '' }, nudge: 'hello' }
  expect(sessions.starts).toEqual([{ name: 'mayor', config }])
  expect(targets[0]?.defaults?.image).toBe('gc-agent:latest')
  expect(sessions.closed).toBe(true)
})

test.for([
  [['--image', 'mine'], { GC_K8S_IMAGE: 'theirs' }, 'mine'],
  [[], { GC_K8S_IMAGE: 'theirs' }, undefined],
  [[], { GC_K8S_RIG_IMAGES: '{"rig":"theirs"}' }, undefined],
  [[], { GC_K8S_IMAGE: '' }, 'gc-agent:latest'],
] as const)(
  'the image of %j with %j is %s, where undefined leaves it to the variables',
  async ([flags, env, image]) => {
    const { targets } = await gc(['start', 'mayor', ...flags], { env })
    expect(targets[0]?.defaults?.image).toBe(image)
  },
)

test('a start shows its steps on a terminal and cleans up after itself', async () => {
  const stderr = Object.assign(new Sink(), { isTTY: true })
  await gc(['start', 'mayor'], { stderr })
  expect(stderr.text).toBe('\r\x1b[Kwaiting for mayor\r\x1b[K')
})

test.for([
  ['', 'must not be empty'],
  ['a'.repeat(300), 'has 300 characters'],
  ['naïve', 'not printable ASCII'],
])('no verb takes the name %j', async ([name = '', why = '']) => {
  const verbs = ['start', 'stop', 'status', 'peek', 'interrupt', 'logs', 'meta list', 'attach']
  const results = await Promise.all(verbs.map((verb) => gc([...verb.split(' '), name])))
  for (const { code, stdout, stderr, targets } of results) {
    expect({ code, stdout, targets }).toEqual({ code: 1, stdout: '', targets: [] })
    expect(stderr).toMatch(/^error: .*\nTry: .*\n$/)
    expect(stderr).toContain(why)
  }
})

test('a name that is taken is one line and a next step', async () => {
  const { sessions } = withMayor()
  sessions.provider.start = async () => {
    throw new SessionExists('mayor', { pod: 'mayor' })
  }
  const { code, stdout, stderr } = await gc(['start', 'mayor'], { sessions })
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/^error: session "mayor" already exists \(pod mayor\)\nTry: .*kubectl gc stop mayor\n$/)
})

test('what an agent printed before it ended is shown with the error', async () => {
  const { sessions } = withMayor()
  sessions.provider.start = async () => {
    throw new SessionStartFailed('mayor', 'Error', 'the agent ended', { output: 'sh: claude: not found\n' })
  }
  const { stderr } = await gc(['start', 'mayor'], { sessions })
  expect(stderr).toBe('error: session "mayor" did not start: the agent ended\n  sh: claude: not found\n')
})

test('stop ends each session once and succeeds for what is not there', async () => {
  const { sessions } = withMayor()
  const { code, stdout } = await gc(['stop', 'mayor', 'nobody', 'mayor'], { sessions })
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'session/mayor stopped\nsession/nobody not found\n' })
})

test('stop goes on after a failure and reports each', async () => {
  const sessions = new MemorySessions()
  sessions.provider.stop = async (name) => {
    if (name === 'good') return true
    throw new Error(`no ${name}`)
  }
  const { code, stdout, stderr } = await gc(['stop', 'bad', 'good', 'worse'], { sessions })
  expect({ code, stdout }).toEqual({ code: 1, stdout: 'session/good stopped\n' })
  expect(stderr.match(/^error: .*/gm)).toEqual(['error: internal: no bad', 'error: internal: no worse'])
})

test.for([
  [['a', 'b', 'a'], 'a b a'],
  [['--', '--force', '-v'], '--force -v'],
  [['-5'], '-5'],
])('nudge %j sends exactly %j', async ([words, text]) => {
  const { sessions, mayor } = withMayor()
  const { code, stdout } = await gc(['nudge', 'mayor', ...(words as string[])], { sessions })
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'session/mayor nudged\n' })
  expect(mayor.nudges).toEqual([text])
})

test.for([[], ['-']])('nudge with %j reads standard input byte for byte', async (words) => {
  const { sessions, mayor } = withMayor()
  await gc(['nudge', 'mayor', ...words], {
    sessions,
    stdin: Readable.from([Buffer.from('two\n'), Buffer.from('lines\n')]),
  })
  expect(mayor.nudges).toEqual(['two\nlines\n'])
})

test('nudge does not wait at a terminal for a message, and sends no empty one', async () => {
  const { sessions, mayor } = withMayor()
  const results = [
    await gc(['nudge', 'mayor'], { sessions, stdin: new Keyboard() }),
    await gc(['nudge', 'mayor', ''], { sessions }),
    await gc(['nudge', 'mayor'], { sessions }),
  ]
  expect(results.map(({ code }) => code)).toEqual([1, 1, 1])
  expect(mayor.nudges).toEqual([])
})

test('interrupt reaches the session', async () => {
  const { sessions, mayor } = withMayor()
  expect(await gc(['interrupt', 'mayor'], { sessions })).toMatchObject({
    code: 0,
    stdout: 'session/mayor interrupted\n',
  })
  expect(mayor.interrupts).toBe(1)
})

test('metadata goes in and out', async () => {
  const { sessions } = withMayor()
  expect((await gc(['meta', 'set', 'mayor', 'task', ' fix it '], { sessions })).code).toBe(0)
  expect((await gc(['meta', 'get', 'mayor', 'task'], { sessions })).stdout).toBe(' fix it \n')
  expect((await gc(['meta', 'list', 'mayor'], { sessions })).stdout).toBe('KEY    VALUE\ntask    fix it\n')
  expect((await gc(['meta', 'rm', 'mayor', 'task'], { sessions })).code).toBe(0)
  const unset = await gc(['meta', 'get', 'mayor', 'task'], { sessions })
  expect(unset).toMatchObject({ code: 1, stdout: '' })
  expect(unset.stderr).toBe('error: session "mayor" has no metadata "task"\nTry: kubectl gc meta list mayor\n')
})

test('exec passes on output and exit code, and standard input when asked', async () => {
  const { sessions } = withMayor()
  const result = await gc(['exec', 'mayor', '--', 'ls', '--help'], { sessions })
  expect(result).toMatchObject({ code: 7, stdout: 'out\n', stderr: 'err\n' })
  expect(sessions.execs).toEqual([['ls', '--help']])
  const fed = await gc(['exec', 'mayor', '-i', '--', 'cat'], { sessions, stdin: Readable.from([Buffer.from('fed')]) })
  expect(fed.stdout).toBe('fed')
  expect((await gc(['exec', 'mayor'], { sessions })).stderr).toMatch(/^error: a command for session "mayor" is needed/)
})

/** Nobody reads what is written there. */
class Closed extends Sink {
  override _write(_chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
  }
}

test('exec passes on what comes while it runs, and ends quietly when nobody reads any more', async () => {
  const { sessions } = withMayor()
  const stdin = new PassThrough()
  const stdout = new Sink()
  const running = gc(['exec', 'mayor', '-i', '--', 'cat'], { sessions, stdin, stdout })
  stdin.write('first')
  await expect.poll(() => stdout.text).toBe('first')
  stdin.end(' second')
  expect(await running).toMatchObject({ code: 7, stdout: 'first second' })
  const closed = new Closed().on('error', () => {})
  expect(await gc(['exec', 'mayor', '--', 'yes'], { sessions, stdout: closed })).toMatchObject({ code: 0 })
})

test('logs are printed as they are', async () => {
  const { sessions, mayor } = withMayor()
  mayor.log = ['\x1b[1mone\r\n', 'two']
  expect((await gc(['logs', 'mayor'], { sessions })).stdout).toBe('\x1b[1mone\r\ntwo')
})

test.for([
  [[], {}],
  [['--tail', '-1', '--since', '0', '--limit-bytes=0', '--timestamps=false'], {}],
  [['--tail=0', '--since=90s'], { tailLines: 0, sinceSeconds: 90 }],
  [['--since', '100ms', '--limit-bytes', '10'], { sinceSeconds: 1, limitBytes: 10 }],
  [['-p', '--timestamps'], { previous: true, timestamps: true }],
  [['--since-time=2026-01-01T01:00:00+01:00'], { sinceTime: new Date('2026-01-01T00:00:00Z') }],
  [['-f', '--since=0', '--since-time=2026-01-01T00:00:00Z'], { follow: true, sinceTime: new Date('2026-01-01') }],
] as [string[], object][])('logs %j asks for %j', async ([argv, part]) => {
  const { sessions } = withMayor()
  expect((await gc(['logs', 'mayor', ...argv], { sessions })).stderr).toBe('')
  expect(sessions.logs).toEqual([part])
})

test.for([
  ['--since=1m --since-time=2026-01-01T00:00:00Z', 'at most one of --since-time or --since may be specified'],
  ['--since=soon', '--since must be a duration such as 30s or 5m, not "soon"'],
  ['--since=-5s', '--since must be a duration such as 30s or 5m, not "-5s"'],
  ['--since-time=today', '--since-time must be a time such as 2026-01-31T09:00:00Z, not "today"'],
  ['--limit-bytes=-1', '--limit-bytes must be greater than 0'],
  ['--tail=-2', '--tail must be greater than or equal to -1'],
])('logs %s is refused: %s', async ([argv = '', why]) => {
  const { code, stderr, targets } = await gc(['logs', 'mayor', ...argv.split(' ')])
  expect({ code, stderr, targets }).toEqual({
    code: 1,
    stderr: `error: ${why}\nTry: kubectl gc logs --help\n`,
    targets: [],
  })
})

test('stop takes labels, or all, instead of names', async () => {
  const { sessions } = withMayor()
  sessions.add('coder', { labels: { tier: 'back' } })
  const none = await gc(['stop', '-l', 'tier=front'], { sessions })
  expect(none).toMatchObject({ code: 0, stdout: '', stderr: 'No sessions to stop in namespace gc.\n' })
  expect((await gc(['stop', '--selector', 'tier'], { sessions })).stdout).toBe('session/coder stopped\n')
  expect((await gc(['stop', '--all', '--grace-period=0'], { sessions })).stdout).toBe('session/mayor stopped\n')
  for (const argv of [['stop'], ['stop', 'mayor', '--all']]) {
    const { code, stderr } = await gc(argv, { sessions })
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'error: give names of sessions, --selector or --all\nTry: kubectl gc stop NAME\n',
    })
  }
})

test('send-keys presses what it is given', async () => {
  const { sessions, mayor } = withMayor()
  const result = await gc(['send-keys', 'mayor', 'Down', 'Enter', '--', '-l'], { sessions })
  expect(result).toMatchObject({ code: 0, stdout: 'session/mayor keys sent\n', stderr: '' })
  expect(mayor.keys).toEqual(['Down', 'Enter', '-l'])
  expect((await gc(['send-keys', 'mayor'], { sessions })).stderr).toMatch(/^error: missing argument: KEYS\nTry: /)
})

test('restart starts a session again, and only one that is there', async () => {
  const { sessions } = withMayor()
  expect(await gc(['restart', 'mayor'], { sessions })).toMatchObject({ code: 0, stdout: 'session/mayor restarted\n' })
  expect(sessions.restarts).toEqual(['mayor'])
  expect(await gc(['restart', 'nobody'], { sessions })).toMatchObject({ code: 1 })
})

test.for([
  [['--dry-run'], 'session/mayor started (dry run)\n'],
  [['--dry-run=client', '-o', 'name'], 'pod/mayor\n'],
  [['--dry-run=server'], 'session/mayor started (server dry run)\n'],
  [['--dry-run=server', '-o', 'jsonpath={.kind}/{.metadata.uid}'], 'Pod/1'],
] as const)('start %j makes nothing', async ([flags, stdout]) => {
  const { sessions, ...result } = await gc(['start', 'mayor', ...flags])
  expect(result).toMatchObject({ code: 0, stdout, stderr: '' })
  expect(sessions.starts).toEqual([])
})

test('start prints the session that it has started, in the format asked for', async () => {
  const { stdout } = await gc(['start', 'mayor', '--dry-run=none', '-o', 'json'])
  expect(JSON.parse(stdout)).toMatchObject({ kind: 'Session', metadata: { name: 'mayor' } })
  expect((await gc(['start', 'mayor', '-o', 'name'])).stdout).toBe('session/mayor\n')
})
