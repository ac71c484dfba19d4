import { cp, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { commandsOf, exitCodeOf } from './support/guide.ts'
import { run } from './support/run.ts'
import { test as base } from './support/test.ts'

const root = new URL('..', import.meta.url).pathname

/** Interrupts it once it has made the pod of the session that it starts. */
const UP_AND_INTERRUPT = `kubectl-gc up --city "$1" & up=$!
until kubectl --namespace "$GC_K8S_NAMESPACE" get pod both-coder >/dev/null 2>&1; do sleep 0.1; done
kill -INT $up; wait $up`

const test = base.extend<{ home: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants a destructured parameter
  home: async ({}, use) => {
    const home = await realpath(await mkdtemp(join(tmpdir(), 'gc-city-')))
    await use(home)
    await rm(home, { recursive: true })
  },
})

test.concurrent('the commands of docs/city.md', async ({ namespace, home, kubectl }) => {
  const commands = (await commandsOf('city.md')).map((line) => line.replaceAll('--namespace gc', `-n ${namespace}`))
  const typed = (line: string) =>
    `echo "+ ${line.replaceAll(/["$\\]/g, '')}"\n${line}${exitCodeOf(line) === 0 ? '' : ` || test $? = ${exitCodeOf(line)}`}`
  const script = commands.map(typed).join('\n')
  const env = { HOME: home, GC_K8S_NAMESPACE: namespace, KUBECONFIG: process.env.KUBECONFIG }
  const { exitCode, stdout, stderr } = await run('bash', ['-ec', `cd ${root}\n${script}`], { env })
  expect(exitCode, stderr).toBe(0) // what takes long is told there
  const steps = stdout.split(/^\+ /m).map((step) => step.split('\n').filter((line) => line !== ''))
  const after = (begin: string, nth = 0) => {
    const found = steps.filter(([first]) => first?.startsWith(begin))[nth] ?? []
    return found.slice(1).map((line) => line.replace(/ {2,}/g, '  '))
  }
  expect(after('kubectl gc city diff')).toEqual([
    'SESSION  ACTION  WHY',
    ...['coder-1', 'coder-2', 'mayor'].map((name) => `${name}  start  it is not there`),
  ])
  expect(after('kubectl gc up')[0]).toBe('session/mayor started')
  expect(after('kubectl gc up').sort()).toEqual(
    ['coder-1', 'coder-2', 'mayor'].map((name) => `session/${name} started`),
  )
  expect(after('kubectl gc up', 1).every((line) => line.endsWith(' unchanged'))).toBe(true)
  expect(after('kubectl gc city diff', 1)).toEqual([
    'SESSION  ACTION  WHY',
    'coder-1  restart  nudge changed',
    'coder-2  restart  nudge changed',
  ])
  expect(after('kubectl gc up', 2).sort()).toEqual([
    'session/coder-1 restarted: nudge changed',
    'session/coder-2 restarted: nudge changed',
    'session/mayor unchanged',
  ])
  expect(after('kubectl gc up', 3)).toContain('session/coder-1 not in the city; --prune stops it')
  expect(after('kubectl gc up --prune')).toContain('session/coder-2 stopped')
  expect(after('kubectl gc down')).toEqual(['session/mayor stopped'])
  expect(await kubectl('get', 'pods', 'mayor', 'coder-1', 'coder-2', '--ignore-not-found')).toBe('')
})

test.concurrent('two cities in one namespace, an agent that cannot start, and an interruption', async ({
  expect,
  gc,
  namespace,
  home,
  kubectl,
}) => {
  const [one, two] = [join(home, 'one'), join(home, 'two')]
  for (const city of [one, two]) {
    await cp(join(root, 'docs/examples/city'), city, { recursive: true })
    const file = join(city, 'city.toml')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace('provider = "demo"', 'provider = "demo"\nsession_template = "both-{{.Agent}}"'))
  }
  await writeFile(join(one, 'agents/coder/agent.toml'), 'start_command = "no-such-program"\ndepends_on = ["mayor"]\n')
  const first = await gc(['up', '--city', one])
  expect(first).toMatchObject({ exitCode: 1, stdout: 'session/both-mayor started\n' })
  expect(first.stderr).toMatch(/\n1 of 2 sessions are done.*\nerror: session "both-coder" did not start: /)
  const prompt = 'You are the mayor of my-city. Give each coder something to do.\n'
  await expect.poll(async () => (await gc(['peek', 'both-mayor'])).stdout).toBe(prompt)

  const other = await gc(['up', '--city', two])
  expect(other).toMatchObject({ exitCode: 1, stdout: '' })
  expect(other.stderr).toMatch(/session\/both-coder-1 skipped: it needs both-mayor/)
  expect(other.stderr).toMatch(/session "both-mayor" is not started: another city \(one-[0-9a-f]{8}\)/)
  expect(await gc(['down', '--city', two])).toMatchObject({ exitCode: 0, stdout: '' })

  const coder = 'start_command = "cat"\nprompt_mode = "none"\ndepends_on = ["mayor"]\n'
  await writeFile(join(one, 'agents/coder/agent.toml'), `${coder}process_names = ["one-that-never-comes"]\n`)
  const interrupted = await run('bash', ['-c', UP_AND_INTERRUPT, '', one], { env: { GC_K8S_NAMESPACE: namespace } })
  expect(interrupted).toMatchObject({ exitCode: 130, stdout: 'session/both-mayor unchanged\n' })
  expect(interrupted.stderr).toBe('1 of 2 sessions are done; the same command goes on with the rest.\n')
  await writeFile(join(one, 'agents/coder/agent.toml'), coder)
  expect(await gc(['up', '--city', one])).toMatchObject({ exitCode: 0, stderr: '' })
  expect((await gc(['list', '--prefix', 'both-', '-o', 'name'])).stdout).toBe(
    'session/both-coder\nsession/both-mayor\n',
  )
  await writeFile(join(one, 'agents/mayor/agent.toml'), 'start_command = "cat"\nprompt_mode = "none"\n')
  const dry = ['up', '--city', one, '--dry-run=server']
  const uids = () => kubectl('get', 'pods', 'both-mayor', 'both-coder', '-o', 'jsonpath={.items[*].metadata.uid}')
  const before = await uids()
  const restarted =
    /^session\/both-coder unchanged \(server dry run\)\nsession\/both-mayor restarted: .* changed \(server dry run\)\n$/
  expect(await gc(dry)).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(restarted), stderr: '' })
  const refused = await gc(dry, { env: { GC_K8S_SERVICE_ACCOUNT: 'nobody' } })
  expect(refused).toMatchObject({ exitCode: 1, stdout: '' })
  expect(refused.stderr).toMatch(/serviceaccount "nobody" not found/)
  expect(await uids()).toBe(before)
  expect((await gc(['down', '--city', one])).stdout).toBe('session/both-coder stopped\nsession/both-mayor stopped\n')
  expect(await kubectl('get', 'pods', 'both-mayor', 'both-coder', '--ignore-not-found')).toBe('')
})
