import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { sessionPaths } from '../../src/completion/session-paths.ts'
import type { Sessions } from '../../src/runtime.ts'

const { signal } = new AbortController()

/** Sessions whose commands run in a folder of this machine. */
async function sessionsIn(names: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'gc-paths-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const name of names) {
    if (name.endsWith('/')) await mkdir(join(folder, name), { recursive: true })
    else await writeFile(join(folder, name), '')
  }
  const exec = async (_session: string, [program = '', ...args]: string[]) => {
    const { stdout } = await promisify(execFile)(program, args, { cwd: folder, encoding: 'buffer' })
    return { stdout }
  }
  return { folder, sessions: { provider: { exec } } as unknown as Sessions }
}

test.for([
  ['', ['out/', 'src/', 'srv.txt', 'two words']],
  ['s', ['src/', 'srv.txt']],
  ['src/', ['src/[a]*', 'src/main.ts']],
  ['src/[', ['src/[a]*']],
  ['.', ['.hidden']],
  ['./sr', ['./src/', './srv.txt']],
  ['none', []],
  ['-x$(exit)`', []],
] as [string, string[]][])('what begins with %j is %j', async ([begin, paths]) => {
  const names = ['out/', 'src/', 'src/main.ts', 'src/[a]*', 'srv.txt', 'two words', '.hidden', 'line\nend']
  const { sessions } = await sessionsIn(names)
  const found = await sessionPaths(sessions, 'mayor', begin, signal)
  expect(found.filter((path) => path !== './' && path !== '../').sort()).toEqual(paths)
})

test('absolute paths, links that lead nowhere, and no more than 500', async () => {
  const { folder, sessions } = await sessionsIn(Array.from({ length: 600 }, (_, index) => `many-${index}`))
  await symlink('/nowhere', join(folder, 'link'))
  expect(await sessionPaths(sessions, 'mayor', join(folder, 'l'), signal)).toEqual([join(folder, 'link')])
  expect(await sessionPaths(sessions, 'mayor', 'many', signal)).toHaveLength(500)
})
