import { expect, test } from 'vitest'
import { packagesToInstall } from '../install.ts'

const host = { missing: [], root: true, debian: true, allowed: false } as const

test('nothing is installed when nothing is missing', () => {
  expect(packagesToInstall(host)).toEqual([])
})

test('what is missing is installed once per package, when that is allowed', () => {
  const missing = ['dockerd', 'containerd', 'zstd'] as const
  expect(packagesToInstall({ ...host, missing, allowed: true })).toEqual(['docker.io', 'zstd'])
})

test.for([
  { why: 'not allowed', change: {}, says: /Run: apt-get install .*docker\.io.*--install-docker/s },
  { why: 'not root', change: { root: false, allowed: true }, says: /Run: sudo apt-get install .*docker\.io/ },
  {
    why: 'not Debian',
    change: { debian: false, allowed: true },
    says: /on Debian that is: apt-get install .*docker\.io/,
  },
])('when it is $why, the command is named instead', ({ change, says }) => {
  expect(() => packagesToInstall({ ...host, ...change, missing: ['dockerd'] })).toThrow(says)
})

test('a daemon of its own needs root, even with everything installed', () => {
  expect(() => packagesToInstall({ ...host, root: false })).toThrow(/root.*--context/s)
})
