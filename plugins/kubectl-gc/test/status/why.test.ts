import type { SessionInfo } from '@kubectl-gc/session-provider'
import { expect, test } from 'vitest'
import type { SessionEvent } from '../../src/cluster/events.ts'
import { why } from '../../src/status/why.ts'

const now = new Date('2026-01-01T00:01:00Z')
const session: SessionInfo = {
  ...{ name: 'mayor', namespace: 'gc', phase: 'Starting', reason: undefined, message: undefined, exitCode: undefined },
  ...{ agent: 'mayor', pod: 'mayor', image: 'agent:1', node: undefined, meta: {}, labels: {} },
  createdAt: new Date('2026-01-01T00:00:00Z'),
}
const event = (type: SessionEvent['type'], reason: string, message: string): SessionEvent => {
  return { type, reason, message, count: 1, at: now }
}
const ask = (more: Partial<SessionInfo>, events: SessionEvent[] = [], screen?: string) =>
  why({ session: { ...session, ...more }, events, screen, now })

test.for([
  [
    { reason: 'ErrImagePull', message: 'the image "x" cannot be pulled: not found' },
    /image cannot be had: .*not found\.$/,
    /start mayor --image/,
  ],
  [
    { reason: 'Unschedulable', message: 'no node can take its pod: 0/1: 1 Insufficient cpu.' },
    /^No node can take/,
    /--cpu-request/,
  ],
  [{ reason: 'Unschedulable', message: 'x Insufficient memory' }, /memory/, /--memory-request/],
  [{ reason: 'Unschedulable', message: 'untolerated taint {a: b}' }, /taint/, /TOLERATIONS/],
  [
    {
      reason: 'Unschedulable',
      message: "1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s)",
    },
    /taint/,
    /NODE_SELECTOR/,
  ],
  [
    { reason: 'CreateContainerConfigError', message: 'secret "s" not found' },
    /lacks something: Secret "s" not found\./,
    /make what/,
  ],
  [{ phase: 'Finished', reason: 'OOMKilled', exitCode: 137 }, /more memory/, /--memory-limit/],
  [
    { phase: 'Finished', reason: 'Error', exitCode: 3, message: 'the agent ended with exit code 3' },
    /exit code 3\./,
    /kubectl gc logs mayor/,
  ],
  [{ phase: 'Finished', reason: 'Completed', exitCode: 0 }, /well/, /restart mayor/],
  [{ phase: 'Stopping' }, /being ended/, undefined],
] as [Partial<SessionInfo>, RegExp, RegExp | undefined][])('%j is said in words', ([state, says, next]) => {
  const found = ask(state)
  expect(found?.says).toMatch(says)
  if (next === undefined) expect(found?.next).toBeUndefined()
  else expect(found?.next).toMatch(next)
})

test('what only events tell is said too, the last warning first', () => {
  const events = [
    event('Warning', 'FailedMount', 'secret "s" not found'),
    event('Normal', 'Pulling', 'Pulling image "a"'),
  ]
  expect(ask({}, events)?.says).toBe('A volume cannot be mounted: Secret "s" not found.')
  expect(ask({}, events.slice(1))?.says).toBe('It has been starting for 60s: pulling image "a".')
  expect(ask({})?.says).toBe('It has been starting for 60s: Kubernetes has told of nothing yet.')
})

test.for([
  ['Do you trust the files in this folder?\n ❯ 1. Yes\n', /trust its folder/, 'kubectl gc send-keys mayor Enter'],
  [
    'WARNING: Bypass Permissions mode\n 1. No\n 2. Yes, I accept\n',
    /act without asking/,
    'kubectl gc send-keys mayor Down Enter',
  ],
  ['Select login method:\n', /not logged in/, 'kubectl gc attach mayor'],
  ['Overwrite a? (y/n) \n', /asks a question/, 'kubectl gc attach mayor'],
] as const)('a dialog keeps a running agent from its work: %j', ([screen, says, next]) => {
  const found = ask({ phase: 'Running' }, [], screen)
  expect(found?.says).toMatch(says)
  expect(found?.next).toBe(next)
})

test('a session that works has no why', () => {
  expect(ask({ phase: 'Running' }, [], '> do the work\n')).toBeUndefined()
})
