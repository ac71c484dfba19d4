import { expect, test } from 'vitest'
import { fullName, kindClusterOf } from '../load.ts'

test.for([
  ['redis:7-alpine', 'docker.io/library/redis:7-alpine'],
  ['debian', 'docker.io/library/debian:latest'],
  ['dolthub/dolt', 'docker.io/dolthub/dolt:latest'],
  ['localhost/agent:dev', 'localhost/agent:dev'],
  ['registry.example.com/team/agent', 'registry.example.com/team/agent:latest'],
  ['registry.example.com:5000/agent:1.2', 'registry.example.com:5000/agent:1.2'],
  ['ghcr.io/team/agent@sha256:0a', 'ghcr.io/team/agent@sha256:0a'],
] as const)('%s is %s', ([image, name]) => {
  expect(fullName(image)).toBe(name)
})

test('only a context of kind names a kind cluster', () => {
  expect(kindClusterOf('kind-my-lab')).toBe('my-lab')
  expect(kindClusterOf('production')).toBeUndefined()
})
