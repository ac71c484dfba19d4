import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base, expect } from 'vitest'

const provider = fileURLToPath(new URL('provider.sh', import.meta.url))
const main = fileURLToPath(new URL('../../src/conformance/executable/main.ts', import.meta.url))

const script = `process.exitCode = await (await import(${JSON.stringify(main)})).main(process.argv.slice(1))`
const conformanceCommand = ['--conditions=@kubectl-gc/source', '--input-type=module', '--eval', script, '--']

interface Output {
  exitCode: number
  stdout: string
  stderr: string
}

const test = base.extend<{ state: string; conformance: (fault: string, ...args: string[]) => Promise<Output> }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the pattern
  state: async ({}, use) => {
    const state = await mkdtemp(join(tmpdir(), 'gc-conformance-'))
    await use(state)
    await rm(state, { recursive: true })
  },
  conformance: async ({ state }, use) => {
    await use(
      (fault, ...args) =>
        new Promise((resolve) => {
          const options = { env: { ...process.env, STATE: state, FAULT: fault } }
          execFile(process.execPath, [...conformanceCommand, ...args], options, (error, stdout, stderr) => {
            resolve({
              exitCode: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1,
              stdout,
              stderr,
            })
          })
        }),
    )
  },
})

test('a right provider passes; what it does not offer is skipped', async ({ conformance, state }) => {
  const { exitCode, stdout, stderr } = await conformance('', provider)
  expect(stdout).not.toContain('FAIL')
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toMatch(/^PASS {2}protocol handshake +version 0: proc.exec, proc.provision, report-activity, future$/m)
  expect(stdout).toMatch(/^PASS {2}capability proc.provision: provision$/m)
  expect(stdout).toMatch(/^SKIP {2}optional: peek +peek exits 2$/m)
  expect(stdout).toMatch(/^SKIP {2}capability report-attachment: is-attached +is-attached exits 2$/m)
  expect(stdout).toMatch(/\n\d+ passed, 0 failed, \d+ skipped\n$/)
  expect(await readdir(state)).toEqual([])
})

test.for([
  ['handshake', ['protocol handshake']],
  ['unknown', ['unknown operation: exit 2', 'optional: peek']],
  ['never-started', ['lifecycle: never started', 'lifecycle: is-running after stop']],
  ['start', ['lifecycle: start']],
  ['duplicate', ['lifecycle: duplicate start']],
  ['wording', ['lifecycle: duplicate start']],
  [
    'stop',
    ['lifecycle: is-running after stop', 'optional: list-running after stop', 'optional: process-alive after stop'],
  ],
  ['idempotent', ['lifecycle: never started', 'lifecycle: stop idempotent']],
  ['capability', ['capability report-attachment: is-attached']],
  ['exit-code', ['capability proc.exec: exec']],
  ['provision', ['capability proc.provision: provision']],
  ['activity', ['capability report-activity: get-last-activity']],
  ['alive', ['optional: process-alive', 'optional: process-alive after stop']],
  ['nudge', ['optional: nudge']],
  ['meta', ['optional: metadata round trip']],
  ['list', ['optional: list-running']],
  ['interrupt', ['optional: interrupt of a missing session', 'optional: interrupt after stop']],
] as const)('what a provider with a fault in %s does wrong is found', async ([fault, expected], { conformance }) => {
  const { exitCode, stdout } = await conformance(fault, provider, '-o', 'json')
  const { results, summary } = JSON.parse(stdout)
  const failed = results.filter((result: { verdict: string }) => result.verdict === 'FAIL')
  expect(failed.map((result: { check: string }) => result.check)).toEqual(expect.arrayContaining([...expected]))
  expect(summary.fail).toBe(failed.length)
  expect(exitCode).toBe(1)
})

test('a session that cannot be started fails once, and what needs it is skipped', async ({ conformance }) => {
  const { stdout } = await conformance('start', provider)
  expect(stdout.match(/^FAIL.*/gm)).toEqual([expect.stringMatching(/lifecycle: start +start exits 1: no room$/)])
})

test('ended by a signal, it ends the call that runs and stops its sessions', async ({ state }) => {
  const env = { ...process.env, STATE: state, FAULT: 'hang' }
  const child = spawn(process.execPath, [...conformanceCommand, provider], { env })
  for await (const chunk of child.stdout) if (String(chunk).includes('process-alive')) break
  expect(await readdir(state)).toHaveLength(1)
  child.kill('SIGTERM')
  const [exitCode] = await once(child, 'exit')
  expect(exitCode).toBe(1)
  expect(await readdir(state)).toEqual([])
})

test('called wrongly, it says how to call it', async ({ conformance }) => {
  for (const args of [[], [provider, 'more'], [provider, '-o', 'yaml'], [provider, '--no-such-flag']]) {
    expect(await conformance('', ...args)).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining('Usage:'),
    })
  }
  expect(await conformance('', '--help')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Usage:') })
  expect(await conformance('', '/no/such/provider')).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringContaining('cannot run /no/such/provider'),
  })
})
