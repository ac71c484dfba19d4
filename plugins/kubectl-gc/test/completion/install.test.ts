import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { gc } from '../support/gc.ts'

/** A folder with a `kubectl-gc` that prints its words, one a line. */
async function installed(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gc-path-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'kubectl-gc'), '#!/bin/sh\nprintf "%s\\n" "$@"\n')
  await chmod(join(folder, 'kubectl-gc'), 0o755)
  return folder
}

test('the program is put beside kubectl-gc, passes its words on, and stays when it is there', async () => {
  const folder = await installed()
  const env = { PATH: `/nowhere:${folder}`, SHELL: '/usr/bin/fish' }
  const path = join(folder, 'kubectl_complete-gc')
  expect(await gc(['completion', 'install'], { env })).toMatchObject({
    code: 0,
    stdout: `${path} written\n`,
    stderr: "Where kubectl's own completion is not loaded yet: kubectl completion fish | source\n",
  })
  const asked = await promisify(execFile)(path, ['peek', 'two words', ''], { env: { PATH: `${folder}:/usr/bin:/bin` } })
  expect(asked).toEqual({ stdout: '__complete\npeek\ntwo words\n\n', stderr: '' })
  const silent = await promisify(execFile)(path, [''], { env: { PATH: '/nowhere' } }).catch((error) => error)
  expect(silent).toMatchObject({ stdout: '', stderr: '' })
  expect((await gc(['completion', 'install'], { env })).stdout).toBe(`${path} is there already\n`)
  expect(await readdir(folder)).toEqual(['kubectl-gc', 'kubectl_complete-gc'])
})

test('--dir names another folder', async () => {
  const folder = await installed()
  const other = join(folder, 'other')
  await mkdir(other)
  const { stdout } = await gc(['completion', 'install', '--dir', other], { env: { PATH: folder } })
  expect(stdout).toBe(`${join(other, 'kubectl_complete-gc')} written\n`)
})

test('where it cannot be put, the next step is said', async () => {
  const folder = await installed()
  const missing = join(folder, 'missing')
  const { code, stderr } = await gc(['completion', 'install', '--dir', missing], { env: { PATH: folder } })
  expect(code).toBe(1)
  expect(stderr).toMatch(/^error: cannot write .*ENOENT.*\nTry: kubectl gc completion install --dir /)
  const nowhere = await gc(['completion', 'install'], { env: { PATH: '/nowhere' } })
  expect(nowhere.stderr).toBe(
    'error: kubectl-gc is not on PATH, so that kubectl finds no completion of it\nTry: put the folder with kubectl-gc on PATH\n',
  )
})
