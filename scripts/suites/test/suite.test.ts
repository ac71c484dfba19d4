import { expect, test } from 'vitest'
import { collect } from '../suite.ts'

test('a program gives its exit code and all that it printed', async () => {
  expect(await collect('sh', ['-c', 'echo out; echo "$WORD" >&2; exit 3'], { WORD: 'err' })).toEqual({
    exitCode: 3,
    output: 'out\nerr\n',
  })
  await expect(collect('no-such-program', [])).rejects.toThrow('ENOENT')
})

test('a program that hangs is killed with all that it started', async () => {
  const { exitCode, output } = await collect('sh', ['-c', 'echo begun; sleep 60 & sleep 60'], {}, 0.3)
  expect({ exitCode, output }).toEqual({ exitCode: 1, output: 'begun\n\nsh was killed after 0.3 s\n' })
})
