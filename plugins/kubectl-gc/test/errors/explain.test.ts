import { ApiError, ConnectionError } from '@kubectl-gc/kube'
import { ClusterError, SessionNotFound } from '@kubectl-gc/session-provider'
import { expect, test } from 'vitest'
import { explain, render } from '../../src/errors/explain.ts'
import { UsageError } from '../../src/errors/usage.ts'

const forbidden = new ApiError({ code: 403, reason: 'Forbidden', message: 'pods is forbidden' })

test.for([
  [new UsageError('no', 'yes'), 'error: no\nTry: yes\n'],
  [
    new SessionNotFound('mayor'),
    'error: session "mayor" is not running\nTry: see which sessions run: kubectl gc list\n',
  ],
  [forbidden, 'Error from server (Forbidden): pods is forbidden\n'],
  [new ConnectionError('refused', { suggestion: 'Look at it.' }), 'error: refused\nTry: look at it.\n'],
  [new TypeError('x is undefined'), 'error: internal: x is undefined\nTry: run it again with -v to see where\n'],
  ['a string', 'error: internal: a string\nTry: run it again with -v to see where\n'],
] as [unknown, string][])('%s', ([error, text]) => {
  expect(render(error, 0)).toBe(text)
})

test('a message is one line without control characters', () => {
  expect(explain(new UsageError('one\n  two\x1b[31m\n')).line).toBe('error: one; two[31m')
})

test('causes and stacks are shown with -v, and not without', () => {
  const error = new ClusterError('cannot list', { cause: forbidden })
  expect(render(error, 0)).toBe('error: cannot list\n')
  expect(render(error, 1)).toMatch(
    /ClusterError: cannot list\n +at [\s\S]*Caused by: ApiError: pods is forbidden\n +at /,
  )
})
