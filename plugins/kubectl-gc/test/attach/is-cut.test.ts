import { ApiError, ConfigError, ConnectionError, StreamCutError, TimeoutError } from '@kubectl-gc/kube'
import { ClusterError, SessionNotFound } from '@kubectl-gc/session-provider'
import { expect, test } from 'vitest'
import { isCut } from '../../src/attach/is-cut.ts'

const answered = (code: number) => new ApiError({ kind: 'Status', apiVersion: 'v1', code })
const wrapped = (cause: unknown) => new ClusterError('cannot attach', { cause })

test.for([
  ['a stream that was cut', wrapped(new StreamCutError('cut'))],
  ['a server that is away', wrapped(new ConnectionError('refused'))],
  ['a server that takes too long', wrapped(new TimeoutError('late'))],
  ['a server that is starting', wrapped(answered(503))],
  ['a server that is busy', wrapped(answered(429))],
] as [string, Error][])('%s is worth another try', ([, error]) => {
  expect(isCut(error)).toBe(true)
})

test.for([
  ['a session that is not there', new SessionNotFound('mayor')],
  ['what one may not do', wrapped(answered(403))],
  ['a kubeconfig that is wrong', wrapped(new ConfigError('wrong'))],
  ['a mistake of ours', new TypeError('undefined is not a function')],
  ['nothing', undefined],
] as [string, unknown][])('%s is not', ([, error]) => {
  expect(isCut(error)).toBe(false)
})
