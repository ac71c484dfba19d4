import { posix } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { podPaths } from '../../src/starting/pod-paths.ts'

const name = fc.stringMatching(/^[a-z0-9 é'"$*().-]{1,8}$/).filter((text) => text !== '.' && text !== '..')
const names = fc.array(name, { minLength: 1, maxLength: 4 })
const absolute = names.map((parts) => `/${parts.join('/')}`)

function paths(city: string | undefined, workDir?: string, root = '/workspace') {
  return podPaths({ workDir, env: { GC_CITY: city } }, root)
}

test('what is in the city keeps its place below the workspace, however the city is written', () => {
  fc.assert(
    fc.property(absolute, names, fc.constantFrom('', '/', '//', '/.'), (city, below, end) => {
      const inside = `${city}/${below.join('/')}`
      expect(paths(city + end, inside).workDir).toBe(`/workspace/${below.join('/')}`)
      expect(paths(city + end).ofPath(inside)).toBe(`/workspace/${below.join('/')}`)
      expect(paths(city + end).ofPath(city)).toBe('/workspace')
    }),
  )
})

test('what is not in the city stays, and a work directory that is not becomes the workspace', () => {
  fc.assert(
    fc.property(absolute, absolute, (city, path) => {
      fc.pre(!`${path}/`.startsWith(`${city}/`))
      expect(paths(city, path).workDir).toBe('/workspace')
      expect(paths(city).ofPath(path)).toBe(path)
    }),
  )
})

test('no path leads out of the workspace', () => {
  const step = fc.constantFrom('..', '.', '', 'a', 'b')
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      const { workDir } = paths('/city', `/city/${steps.join('/')}`)
      expect(`${posix.normalize(workDir)}/`.startsWith('/workspace/')).toBe(true)
    }),
  )
})

test('a work directory outside the city maps what is in it', () => {
  const { ofPath } = paths('/city', '/home/rig')
  expect(ofPath('/home/rig/.beads')).toBe('/workspace/.beads')
  expect(ofPath('/home/rigs')).toBe('/home/rigs')
})

test('a command without the city is not changed, and no city leaves all as it is', () => {
  fc.assert(
    fc.property(absolute, fc.string(), (city, command) => {
      if (!command.includes(city)) expect(paths(city).inCommand(command)).toBe(command)
      for (const none of [undefined, '', '/', 'relative']) expect(paths(none).inCommand(command)).toBe(command)
    }),
  )
})

test.for([
  ['cd /city && ls', 'cd /ws && ls'],
  ['/city/bin/x --dir=/city:/city/y', '/ws/bin/x --dir=/ws:/ws/y'],
  [`cat "/city/a" '/city'`, `cat "/ws/a" '/ws'`],
  ['ls /city2 /city-old /city.bak /old/city x/city', 'ls /city2 /city-old /city.bak /old/city x/city'],
  ['(cd /city;ls)', '(cd /ws;ls)'],
])('%s becomes %s', ([command, expected]) => {
  expect(paths('/city', undefined, '/ws').inCommand(command as string)).toBe(expected)
})

test('names that mean something to regular expressions are names', () => {
  expect(paths('/c.t(y)$&', undefined, '/$&').inCommand('ls /c.t(y)$&/x /cat(y)')).toBe('ls /$&/x /cat(y)')
})
