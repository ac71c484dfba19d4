import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from 'vitest'
import { gc } from '../../support/gc.ts'

const test = base.extend<{ folder: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants a destructured parameter
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'gc-broker-'))
    await use(folder)
    rmSync(folder, { recursive: true })
  },
})

test.for([['status'], ['stop']])('broker %s: none is no failure', async ([verb = ''], { folder }) => {
  const world = { env: { XDG_RUNTIME_DIR: folder } }
  expect(await gc(['broker', verb], world)).toMatchObject({ code: 0, stdout: '', stderr: 'no broker runs\n' })
})

test('as JSON, none is an empty list', async ({ folder }) => {
  expect((await gc(['broker', 'status', '-o', 'json'], { env: { XDG_RUNTIME_DIR: folder } })).stdout).toBe('[]\n')
})

test('what is no broker is not taken for one, and a folder that others can write to is not looked into', async ({
  folder,
}) => {
  const directory = join(folder, 'kubectl-gc')
  mkdirSync(directory, { mode: 0o700 })
  const stranger = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  let connections = 0
  stranger.on('connection', () => {
    connections += 1
  })
  await new Promise<void>((resolve) => stranger.listen(join(directory, 'key.sock'), resolve))
  const status = () => gc(['broker', 'status'], { env: { XDG_RUNTIME_DIR: folder } })
  expect(await status()).toMatchObject({ code: 0, stderr: 'no broker runs\n' })
  expect(connections).toBe(1)
  chmodSync(directory, 0o777)
  expect(await status()).toMatchObject({ code: 0, stderr: 'no broker runs\n' })
  expect(connections).toBe(1)
  await new Promise((resolve) => stranger.close(resolve))
})
