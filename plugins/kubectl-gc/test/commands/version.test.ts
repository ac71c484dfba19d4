import { ConnectionError } from '@kubectl-gc/kube'
import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { gc } from '../support/gc.ts'

const reachable = { raw: async () => ({ gitVersion: 'v1.34.4' }) }
const unreachable = {
  raw: async () => {
    throw new ConnectionError('connection to https://localhost refused')
  },
}

test('both versions', async () => {
  const { code, stdout } = await gc(['version'], { client: reachable })
  expect(code).toBe(0)
  expect(stdout).toBe(`Client Version: ${manifest.version}\nServer Version: v1.34.4\n`)
})

test('a server that cannot be reached is no failure', async () => {
  const { code, stdout, stderr } = await gc(['version'], { client: unreachable })
  expect({ code, stdout }).toEqual({ code: 0, stdout: `Client Version: ${manifest.version}\n` })
  expect(stderr).toBe('Server Version: unreachable (connection to https://localhost refused)\n')
})

test('as JSON, and of the client alone', async () => {
  expect(JSON.parse((await gc(['version', '-o', 'json'], { client: reachable })).stdout)).toMatchObject({
    clientVersion: { version: manifest.version },
    serverVersion: { gitVersion: 'v1.34.4' },
  })
  expect((await gc(['version', '--client'])).stdout).toBe(`Client Version: ${manifest.version}\n`)
  expect((await gc(['--version'])).stdout).toBe(`Client Version: ${manifest.version}\n`)
})
