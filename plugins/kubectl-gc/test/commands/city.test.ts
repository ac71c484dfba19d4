import { cityLabel, SessionStartFailed } from '@kubectl-gc/session-provider'
import { expect, test } from 'vitest'
import { folderWith } from '../support/city.ts'
import { gc } from '../support/gc.ts'
import { MemorySessions } from '../support/memory-sessions.ts'

const files = {
  'city.toml': '[workspace]\nname = "my-city"\n[session.k8s]\nnamespace = "team-a"\nimage = "city:1"\n',
  'agents/mayor/agent.toml': 'start_command = "agent --as mayor"\n',
  'agents/coder/agent.toml': 'start_command = "agent"\ndepends_on = ["mayor"]\nnudge = "go"\n',
}

const started = (sessions: MemorySessions) => (sessions.starts as { name: string }[]).map(({ name }) => name)

test('up starts what is not there, in order, and a second time does nothing', async () => {
  using folder = folderWith({ ...files, 'deep/er/file': '' })
  const sessions = new MemorySessions()
  const first = await gc(['up'], { cwd: `${folder.path}/deep/er`, sessions })
  expect(first).toMatchObject({ code: 0, stdout: 'session/mayor started\nsession/coder started\n', stderr: '' })
  expect(first.targets.map(({ target, defaults }) => [target.namespace, defaults?.image, defaults?.city])).toEqual([
    ['team-a', undefined, folder.path],
    ['team-a', 'city:1', folder.path],
  ])
  const second = await gc(['up', '--city', folder.path], { sessions })
  expect(second.stdout.split('\n').sort()).toEqual(['', 'session/coder unchanged', 'session/mayor unchanged'])
  expect(started(sessions)).toEqual(['mayor', 'coder'])
  expect(await gc(['city', 'diff', '--city', folder.path], { sessions })).toMatchObject({ code: 0, stdout: '' })
})

test('diff is of the city that one is in, unless a bundle is asked for', async () => {
  using folder = folderWith(files)
  const inCity = await gc(['diff'], { cwd: folder.path })
  expect(inCity).toMatchObject({ code: 1, stdout: expect.stringMatching(/^mayor +start/m) })
  expect(await gc(['diff', '--set', 'x=1', 'nothing'], { cwd: folder.path })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no bundle "nothing"'),
  })
})

test('what differs is restarted, what is no longer there stays until --prune, and others are left alone', async () => {
  using before = folderWith(files)
  const sessions = new MemorySessions()
  await gc(['up'], { cwd: before.path, sessions })
  const ours = cityLabel(before.path)
  Object.assign(sessions.add('gone'), { city: ours, fingerprint: 'command=1' })
  Object.assign(sessions.add('foreign'), { city: 'other-1', fingerprint: 'command=1' })
  Object.assign(sessions.add('by-gc'), { city: ours })
  const { writeFileSync } = await import('node:fs')
  writeFileSync(`${before.path}/agents/mayor/agent.toml`, 'start_command = "agent --as boss"\n')
  const diff = await gc(['city', 'diff'], { cwd: before.path, sessions })
  expect(diff.code).toBe(1)
  expect(
    diff.stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/)),
  ).toEqual([
    ['SESSION', 'ACTION', 'WHY'],
    ['mayor', 'restart', 'command changed'],
    ['gone', 'stop (--prune)', 'the city no longer has it'],
  ])
  const dry = await gc(['up', '--dry-run'], { cwd: before.path, sessions })
  expect(dry.stdout).toContain('session/mayor restarted: command changed (dry run)\n')
  expect(started(sessions)).toEqual(['mayor', 'coder'])
  const up = await gc(['up'], { cwd: before.path, sessions })
  expect(up.stdout).toContain('session/gone not in the city; --prune stops it\n')
  expect(up.stdout).toContain('session/mayor restarted: command changed\n')
  expect([...sessions.sessions.keys()].sort()).toEqual(['by-gc', 'coder', 'foreign', 'gone', 'mayor'])
  expect((await gc(['up', '--prune'], { cwd: before.path, sessions })).stdout).toContain('session/gone stopped\n')
  expect([...sessions.sessions.keys()].sort()).toEqual(['by-gc', 'coder', 'foreign', 'mayor'])
})

test.for([
  ['--dry-run', false, 'dry run'],
  ['--dry-run=client', false, 'dry run'],
  ['--dry-run=server', true, 'server dry run'],
] as const)('up %s asks for what start and restart would make: on the server %s', async ([flag, server, how]) => {
  using folder = folderWith(files)
  const sessions = new MemorySessions()
  Object.assign(sessions.add('mayor'), { city: cityLabel(folder.path), fingerprint: 'command=1' })
  Object.assign(sessions.add('gone'), { city: cityLabel(folder.path), fingerprint: 'command=1' })
  const { code, stdout, stderr } = await gc(['up', flag], { cwd: folder.path, sessions })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^session\/mayor restarted: .* changed \(/m)
  expect(stdout).toContain(`session/coder started: it is not there (${how})\n`)
  expect(stdout).toContain(`session/gone not in the city; --prune stops it (${how})\n`)
  expect(sessions.previews).toEqual([
    { name: 'coder', server, replace: false },
    { name: 'mayor', server, replace: true },
  ])
  expect(sessions.starts).toEqual([])
})

test('what the server would refuse is an error of the dry run, after all else is said', async () => {
  using folder = folderWith(files)
  const sessions = new MemorySessions()
  sessions.failures.set('mayor', new SessionStartFailed('mayor', 'Forbidden', 'pods "mayor" is forbidden'))
  const { code, stdout, stderr } = await gc(['up', '--dry-run=server'], { cwd: folder.path, sessions })
  expect({ code, stdout }).toEqual({
    code: 1,
    stdout: 'session/coder started: it is not there (server dry run)\n',
  })
  expect(stderr).toBe('error: session "mayor" did not start: pods "mayor" is forbidden\n')
  const none = await gc(['up', '--dry-run=none'], { cwd: folder.path, sessions: new MemorySessions() })
  expect(none.stdout).toContain('session/mayor started\n')
})

test('a city that is reached by a link is the same city', async () => {
  using folder = folderWith(files)
  using other = folderWith({})
  const { symlinkSync } = await import('node:fs')
  symlinkSync(folder.path, `${other.path}/link`)
  const sessions = new MemorySessions()
  await gc(['up', '--city', 'link'], { cwd: other.path, sessions })
  expect(await gc(['city', 'diff'], { cwd: folder.path, sessions })).toMatchObject({ code: 0, stdout: '' })
})

test('a failure skips what needs it, is told, and the next run goes on', async () => {
  using folder = folderWith({ ...files, 'agents/solo/agent.toml': 'start_command = "x"\n' })
  const sessions = new MemorySessions()
  sessions.failures.set('mayor', new SessionStartFailed('mayor', 'ErrImagePull', 'no such image'))
  const first = await gc(['up'], { cwd: folder.path, sessions })
  expect(first).toMatchObject({ code: 1, stdout: 'session/solo started\n' })
  expect(first.stderr).toBe(
    'session/coder skipped: it needs mayor\n' +
      '1 of 3 sessions are done; the same command goes on with the rest.\n' +
      'error: session "mayor" did not start: no such image\n',
  )
  sessions.failures.clear()
  const second = await gc(['up'], { cwd: folder.path, sessions })
  expect(second.code).toBe(0)
  expect(second.stdout).toContain('session/coder started\n')
})

test('a name that another city has is refused, and the rest is started', async () => {
  using folder = folderWith(files)
  const sessions = new MemorySessions()
  Object.assign(sessions.add('mayor'), { city: 'other-city-12345678' })
  const up = await gc(['up'], { cwd: folder.path, sessions })
  expect(up.code).toBe(1)
  expect(up.stderr).toContain('session "mayor" is not started: another city (other-city-12345678)')
  expect(started(sessions)).toEqual([])
  expect((await gc(['city', 'diff'], { cwd: folder.path, sessions })).stdout).toMatch(/^mayor +refuse +another city/m)
})

test('sessions that ended, and one_shot ones that have done their work', async () => {
  using folder = folderWith({ ...files, 'agents/job/agent.toml': 'start_command = "x"\nlifecycle = "one_shot"\n' })
  const sessions = new MemorySessions()
  await gc(['up'], { cwd: folder.path, sessions })
  for (const name of ['job', 'mayor']) {
    Object.assign(sessions.sessions.get(name)?.info ?? {}, { phase: 'Finished', exitCode: 0 })
  }
  const { stdout } = await gc(['city', 'diff', '-o', 'json'], { cwd: folder.path, sessions })
  expect(JSON.parse(stdout)).toEqual([
    { session: 'coder', action: 'unchanged', after: ['mayor'] },
    { session: 'job', action: 'unchanged', why: 'it has done its work' },
    { session: 'mayor', action: 'start', why: 'it ended with exit code 0' },
  ])
})

test('down stops only this city, dependents first, and needs no files that can be used', async () => {
  using folder = folderWith(files)
  const sessions = new MemorySessions()
  await gc(['up'], { cwd: folder.path, sessions })
  Object.assign(sessions.add('foreign'), { city: 'other-1' })
  sessions.add('plain')
  expect((await gc(['down', '--dry-run'], { cwd: folder.path, sessions })).stdout).toContain('mayor stopped (dry run)')
  const down = await gc(['down'], { cwd: folder.path, sessions })
  expect(down).toMatchObject({ code: 0, stdout: 'session/coder stopped\nsession/mayor stopped\n', stderr: '' })
  expect([...sessions.sessions.keys()]).toEqual(['foreign', 'plain'])
  const { writeFileSync } = await import('node:fs')
  Object.assign(sessions.add('mayor'), { city: cityLabel(folder.path) })
  writeFileSync(`${folder.path}/agents/mayor/agent.toml`, 'oh no')
  const again = await gc(['down'], { cwd: folder.path, sessions })
  expect(again).toMatchObject({ code: 0, stdout: 'session/mayor stopped\n' })
  expect(again.stderr).toContain('Warning: all sessions stop at once: agents/mayor/agent.toml:1:')
  expect((await gc(['down'], { cwd: folder.path, sessions })).stderr).toContain('No sessions of this city in namespace')
})

test.for([[['up']], [['down']], [['city', 'diff']]])('%j says where it looked for a city', async ([argv = []]) => {
  using folder = folderWith({ x: '' })
  const { code, stderr } = await gc(argv, { cwd: folder.path })
  expect(code).toBe(argv[0] === 'city' ? 2 : 1)
  expect(stderr).toBe(
    `error: no city.toml in ${folder.path} or a folder above it\nTry: go to the folder of your city, or name it: --city FOLDER\n`,
  )
  expect((await gc([...argv, '--colour'])).code).toBe(argv[0] === 'city' ? 2 : 1)
  expect((await gc([...argv, '--city', 'here'], { cwd: folder.path })).stderr).toContain(
    `${folder.path}/here is not a city`,
  )
})

test('start takes what the city says of the agent, and flags win', async () => {
  using folder = folderWith({
    ...files,
    'agents/mayor/agent.toml':
      'start_command = "agent"\nprompt_mode = "arg"\nenv = { A = "1", B = "1" }\nnudge = "n"\n',
    'agents/mayor/prompt.md': 'be good',
  })
  const sessions = new MemorySessions()
  const plain = await gc(['start', 'mayor'], { cwd: folder.path, sessions })
  expect(plain).toMatchObject({ code: 0, stdout: 'session/mayor started\n', stderr: '' })
  expect(plain.targets[0]).toMatchObject({
    target: { namespace: 'team-a' },
    defaults: { image: 'city:1', city: folder.path },
  })
  expect(sessions.starts[0]).toMatchObject({
    name: 'mayor',
    config: { command: "agent 'be good'", nudge: 'n', env: { A: '1', B: '1' } },
  })
  expect((await gc(['up'], { cwd: folder.path, sessions })).stdout).toContain('session/mayor unchanged\n')
  sessions.sessions.delete('mayor')
  const argv = ['start', 'mayor', '--env', 'B=2', '--image', 'mine', '-n', 'other', '--', 'cat']
  const flagged = await gc(argv, { cwd: folder.path, sessions })
  expect(flagged.targets[0]).toMatchObject({ target: { namespace: 'other' }, defaults: { image: 'mine' } })
  expect(sessions.starts.at(-1)).toMatchObject({ config: { command: 'cat', nudge: 'n', env: { A: '1', B: '2' } } })
  const diff = await gc(['city', 'diff'], { cwd: folder.path, sessions })
  expect(diff.stdout).toMatch(/^mayor +restart +command, prompt, env, image changed$/m)
})

test('start of a name that is nearly an agent asks which was meant; any other is no agent', async () => {
  using folder = folderWith(files)
  const { code, stderr } = await gc(['start', 'mayro'], { cwd: folder.path })
  expect(code).toBe(1)
  expect(stderr).toMatch(/^error: city "my-city" has no agent "mayro"\nTry: kubectl gc start mayor;/)
  const other = await gc(['start', 'debugging', '--', 'sh'], { cwd: folder.path })
  expect(other.sessions.starts).toEqual([{ name: 'debugging', config: { command: 'sh', env: {}, nudge: undefined } }])
})

test('an interrupted up says how far it came', async () => {
  using folder = folderWith(files)
  const sessions = new MemorySessions()
  const abort = new AbortController()
  const { Interruption } = await import('../../src/interruption.ts')
  const start = sessions.provider.start.bind(sessions.provider)
  sessions.provider.start = async (...args) => {
    const session = await start(...args)
    abort.abort(Interruption.bySignal('SIGINT'))
    return session
  }
  const { code, stdout, stderr } = await gc(['up'], { cwd: folder.path, sessions, signal: abort.signal })
  expect({ code, stdout }).toEqual({ code: 130, stdout: 'session/mayor started\n' })
  expect(stderr).toBe('1 of 2 sessions are done; the same command goes on with the rest.\n')
})
