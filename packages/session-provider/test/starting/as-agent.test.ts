import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect } from 'vitest'
import { runAsAgent } from '../../src/starting/as-agent.ts'
import { test } from '../support/local-tmux.ts'

const { signal } = new AbortController()

test('both outputs and the exit code come back', async ({ local }) => {
  const outcome = await runAsAgent(local.transport, 'echo out; echo err >&2; exit 7', { signal })
  expect(outcome).toEqual({ exitCode: 7, output: 'out\nerr' })
})

test('it has the agent’s HOME, and reads nothing', async ({ local }) => {
  local.tmux('set-environment', '-g', 'HOME', `it's "$home"`)
  expect((await runAsAgent(local.transport, 'printf %s "$HOME"; cat', { signal })).output).toBe(`it's "$home"`)
})

test('its directory is made', async ({ local }) => {
  const directory = join(local.folder, 'a b/c')
  expect((await runAsAgent(local.transport, 'pwd', { directory, signal })).output).toBe(directory)
})

test('a command of any length arrives as it is written', async ({ local }) => {
  const text = `é'"$x\\ 😀`.repeat(30_000)
  const command = `cat <<'END' | cksum\n${text}\nEND`
  const told = await runAsAgent(local.transport, 'cksum', { stdin: Readable.from([`${text}\n`]), signal })
  expect((await runAsAgent(local.transport, command, { signal })).output).toBe(told.output)
})

test('a command that takes too long is ended', async ({ local }) => {
  const file = join(local.folder, 'ended')
  const command = `trap 'echo >${file}; exit' TERM; while :; do sleep 0.05; done`
  await expect(runAsAgent(local.transport, command, { signal: AbortSignal.timeout(300) })).rejects.toThrow()
  await expect.poll(() => existsSync(file)).toBe(true)
})
