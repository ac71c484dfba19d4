import { ApiError, ConnectionError } from '@kubectl-gc/kube'
import { expect, test } from 'vitest'
import { DeadlineExceeded } from '../../src/deadline.ts'
import { SessionNotFound } from '../../src/errors.ts'
import { toSessionError } from '../../src/kubernetes/failure.ts'

const SERVER = 'https://cluster:6443'
const apiError = (code: number, message: string) => new ApiError({ kind: 'Status', status: 'Failure', code, message })

test.for([
  [apiError(401, 'Unauthorized'), `cannot list: the API server ${SERVER} answers: Unauthorized`],
  [apiError(503, 'not now'), `cannot list: the API server ${SERVER} answers: not now`],
  [apiError(403, 'pods is forbidden'), 'cannot list: pods is forbidden'],
  [new ConnectionError(`cannot reach ${SERVER}`), `cannot list: cannot reach ${SERVER}`],
] as const)('%s', ([error, message]) => {
  expect(toSessionError(error, 'cannot list', SERVER)).toMatchObject({ name: 'ClusterError', message, cause: error })
})

test('a deadline names the server that let it pass', () => {
  const error = toSessionError(new DeadlineExceeded('cannot list: no answer within 1 s'), 'cannot list', SERVER)
  const message = `cannot list: no answer within 1 s from the API server ${SERVER}`
  expect(error).toMatchObject({ name: 'DeadlineExceeded', message })
})

test('every other error stays as it is', () => {
  for (const error of [new SessionNotFound('mayor'), new TypeError('bug'), 'text']) {
    expect(toSessionError(error, 'cannot list', SERVER)).toBe(error)
  }
})
