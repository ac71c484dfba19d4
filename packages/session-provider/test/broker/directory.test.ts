import { chmodSync, mkdirSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { brokerDirectory, isPrivate, makeDirectory } from '../../src/broker/directory.ts'
import { test } from './support.ts'

test('sockets are in the runtime directory of the user, else in one of his in /tmp', () => {
  expect(brokerDirectory({ XDG_RUNTIME_DIR: '/run/user/1000' })).toBe('/run/user/1000/kubectl-gc')
  const own = `/tmp/kubectl-gc-${process.getuid?.()}`
  expect(brokerDirectory({})).toBe(own)
  expect(brokerDirectory({ XDG_RUNTIME_DIR: 'relative' })).toBe(own)
})

test('there is no broker where the path would be too long for a socket, in bytes', () => {
  expect(brokerDirectory({ XDG_RUNTIME_DIR: `/${'x'.repeat(70)}` })).toBeUndefined()
  expect(brokerDirectory({ XDG_RUNTIME_DIR: `/${'é'.repeat(40)}` })).toBeUndefined()
})

test('the folder is made for its owner alone, and made once', ({ folder }) => {
  const directory = join(folder, 'own')
  expect(makeDirectory(directory)).toBe(true)
  expect(statSync(directory).mode & 0o777).toBe(0o700)
  expect(makeDirectory(directory)).toBe(true)
})

test('a folder that others can look into, a link and a missing one are not trusted', ({ folder }) => {
  const open = join(folder, 'open')
  mkdirSync(open)
  chmodSync(open, 0o755)
  const own = join(folder, 'own')
  mkdirSync(own, { mode: 0o700 })
  symlinkSync(own, join(folder, 'link'))
  expect([open, join(folder, 'link'), join(folder, 'missing')].map(isPrivate)).toEqual([false, false, false])
  expect(makeDirectory(open)).toBe(false)
  expect(makeDirectory(join(folder, 'missing', 'deeper'))).toBe(false)
})
