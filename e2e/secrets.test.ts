import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { run } from './support/run.ts'
import { test } from './support/test.ts'

const planted = 'sk-ant-oat01-never-printed'

/** A folder as an agent of this machine keeps one, logged in for some hours. */
async function claudeFolder(hours: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'claude-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const claudeAiOauth = { accessToken: planted, refreshToken: planted, expiresAt: Date.now() + hours * 3_600_000 }
  await writeFile(join(folder, '.credentials.json'), JSON.stringify({ claudeAiOauth }))
  await writeFile(join(folder, 'settings.json'), '{"theme":"dark"}')
  await writeFile(join(folder, 'history.jsonl'), 'private')
  return folder
}

test('an agent finds the files that were synced, and nobody sees their content', async ({ gc, kubectl, provider }) => {
  const folder = await claudeFolder(8)
  const synced = await gc(['secrets', 'sync', '--from', folder])
  expect(synced).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('claude-credentials created') })
  await using session = await provider.start('mayor', { command: 'sh' })
  const show = 'cd $HOME/.claude && ls -A && cat .credentials.json'
  const { stdout } = await provider.exec(session.name, ['sh', '-c', show])
  expect(stdout.toString()).toMatch(/^\.credentials\.json\nsettings\.json\n\{"claudeAiOauth":.*never-printed/)
  await provider.stop(session.name)

  const env = { CLAUDE_CONFIG_DIR: await claudeFolder(-1) }
  const status = await gc(['secrets', 'status'], { env })
  expect(status.stdout).toMatch(
    /Synced: +\d+[sm]\d* ago\nLogin: +expires in 7h5\dm; .*\nThis machine: +\.credentials\.json differs\n/,
  )
  const again = await gc(['secrets', 'sync'], { env })
  expect(again.stderr).toMatch(/^Warning: the login expired 6\dm ago; an agent can renew it\n$/)
  for (const { stdout, stderr } of [synced, status, again]) expect(stdout + stderr).not.toContain('never-printed')
  expect(await kubectl('get', 'secret', 'claude-credentials', '-o', 'jsonpath={.type}')).toBe('Opaque')
})

test('what somebody else has put there is not replaced unasked', async ({ gc, kubectl }) => {
  const folder = await claudeFolder(8)
  await kubectl('delete', 'secret', 'claude-credentials', '--ignore-not-found')
  await kubectl('create', 'secret', 'generic', 'claude-credentials', '--from-literal=.credentials.json={}')
  const refused = await gc(['secrets', 'sync', '--from', folder])
  expect(refused).toMatchObject({ exitCode: 1, stdout: '' })
  expect(refused.stderr).toMatch(
    /^error: secret\/claude-credentials .* was made by something else: .*\nTry: .*--force-conflicts/,
  )
  const forced = await gc(['secrets', 'sync', '--from', folder, '--force-conflicts'])
  expect(forced).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(' configured: ') })
})

test('a namespace that is not there is told, with the command that makes it', async () => {
  const folder = await claudeFolder(8)
  const { exitCode, stderr } = await run('kubectl', [
    'gc',
    'secrets',
    'sync',
    '--from',
    folder,
    '--namespace',
    'not-there',
  ])
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: 'error: namespace "not-there" not found\nTry: kubectl gc install --namespace not-there\n',
  })
})
