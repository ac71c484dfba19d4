import { expect, test } from 'vitest'
import { readStartDocument } from '../../src/exec-provider/start-document.ts'

test('reads command, env and nudge; ignores what it does not know', () => {
  const document = { command: 'claude', env: { A: 'x', N: 1 }, nudge: 'go', work_dir: '/x', unknown: [1] }
  expect(readStartDocument(JSON.stringify(document))).toEqual({
    command: 'claude',
    env: { A: 'x', N: '1' },
    nudge: 'go',
  })
})

test('an empty document starts a session with the defaults', () => {
  expect(readStartDocument('')).toEqual({ command: undefined, env: {}, nudge: undefined })
})

test.for([
  ['{', 'not JSON'],
  ['[]', 'not a JSON object'],
  ['{"command": 1}', 'the field "command" is not a string'],
  ['{"env": []}', 'the field "env" is not an object'],
])('%s is refused: %s', ([json, why]) => {
  expect(() => readStartDocument(json as string)).toThrow(why)
})
