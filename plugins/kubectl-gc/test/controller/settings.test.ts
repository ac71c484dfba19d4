import { expect, test } from 'vitest'
import { controllerSettings } from '../../src/controller/settings.ts'

const city = { file: { session: { k8s: { image: 'of-city' } } } } as Parameters<typeof controllerSettings>[3]
const before = {
  exclude: [],
  env: { GC_SESSION: 'k8s', A: 'before', B: 'before' },
  values: { image: 'before', agentImage: 'before', storage: '2Gi', requests: { cpu: '1' }, limits: {} },
}

test('flags go before variables, variables before what was deployed, and that before the city', () => {
  const flags = { image: 'flag', 'cpu-limit': '3', env: ['A=flag'] }
  const env = { GC_K8S_CONTROLLER_IMAGE: 'variable', GC_K8S_IMAGE: 'variable', GC_K8S_CTRL_MEM_LIMIT: '1Gi' }
  expect(controllerSettings(flags, env, before, city)).toEqual({
    values: {
      ...{ image: 'flag', agentImage: 'variable', storage: '2Gi' },
      ...{ requests: { cpu: '1' }, limits: { cpu: '3', memory: '1Gi' } },
    },
    env: { GC_SESSION: 'k8s', A: 'flag', B: 'before' },
    pullSecrets: [],
    notes: [],
  })
  const first = controllerSettings({ 'session-provider': 'mine' }, {}, undefined, city)
  expect(first).toMatchObject({ values: { agentImage: 'of-city' }, env: { GC_SESSION: 'mine' } })
  expect(controllerSettings({}, {}, undefined, city).env).toEqual({ GC_SESSION: 'exec:gc-session-k8s' })
})

test('the credentials of registries are for gc and for the agents', () => {
  const { env, pullSecrets } = controllerSettings({}, { GC_K8S_IMAGE_PULL_SECRET: 'a, b,' }, undefined, city)
  expect({ env, pullSecrets }).toMatchObject({ env: { GC_K8S_IMAGE_PULL_SECRET: 'a, b,' }, pullSecrets: ['a', 'b'] })
  expect(controllerSettings({ 'image-pull-secret': ['c', 'd'] }, env, undefined, city).pullSecrets).toEqual(['c', 'd'])
})

test('a Dolt of this machine is none that the controller could reach', () => {
  const dolt = (host: string) => controllerSettings({}, { GC_DOLT_HOST: host, GC_DOLT_PORT: '3306' }, undefined, city)
  expect(dolt('dolt.example.com').env).toMatchObject({ GC_DOLT_HOST: 'dolt.example.com', GC_DOLT_PORT: '3306' })
  for (const host of ['localhost', '127.0.0.1', '::1', '0.0.0.0']) {
    const { env, notes } = dolt(host)
    expect(env).not.toHaveProperty('GC_DOLT_HOST')
    expect(notes).toEqual([expect.stringContaining(host)])
  }
})

test.for([
  [{ GC_DOLT_HOST: 'd' }, 'GC_DOLT_HOST is set and GC_DOLT_PORT is not'],
  [{ GC_DOLT_PORT: '1' }, 'GC_DOLT_PORT is set and GC_DOLT_HOST is not'],
  [{ GC_DOLT_HOST: 'd', GC_DOLT_PORT: 'x' }, 'GC_DOLT_PORT must be a port, not "x"'],
  [{ GC_K8S_CTRL_CPU_REQUEST: 'much' }, 'GC_K8S_CTRL_CPU_REQUEST must be a quantity such as 500m or 512Mi, not "much"'],
] as const)('%j is refused: %s', ([env, message]) => {
  expect(() => controllerSettings({}, env, undefined, city)).toThrow(message)
})
