import { expect, test } from 'vitest'
import { readSettings } from '../../src/kubernetes/settings.ts'

test('defaults', () => {
  const settings = readSettings({ env: {} })
  expect(Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))).toEqual({
    namespace: 'gc',
    timeout: 10_000,
    timeouts: { connect: 3000, verb: 10_000, start: 55_000, stop: 20_000 },
    prebaked: false,
    cpuRequest: '500m',
    memoryRequest: '1Gi',
    cpuLimit: '2',
    memoryLimit: '4Gi',
    podSecurity: 'restricted',
    workspaceRoot: '/workspace',
    paneSize: { columns: 220, rows: 50 },
    historyLimit: 50_000,
    mirror: true,
    doltHost: 'dolt.gc.svc.cluster.local',
    doltPort: '3307',
    mailHost: 'mcp-mail.gc.svc.cluster.local',
    mailPort: '8765',
    gitSecretName: 'git-credentials',
  })
})

test('options go before variables; an empty variable, and null, are absent', () => {
  const env = {
    GC_K8S_NAMESPACE: 'city',
    GC_K8S_IMAGE: 'image:1',
    GC_K8S_CPU_LIMIT: '',
    GC_K8S_AFFINITY: 'null',
    GC_CITY: '/home/me/city',
  }
  const settings = readSettings({ env, image: 'image:2' })
  expect(settings).toMatchObject({ namespace: 'city', image: 'image:2', cpuLimit: '2', city: '/home/me/city' })
  expect(settings.affinity).toBeUndefined()
})

test('hosts are in the namespace, be it an option or a variable', () => {
  expect(readSettings({ env: { GC_K8S_NAMESPACE: 'a' } }).doltHost).toBe('dolt.a.svc.cluster.local')
  expect(readSettings({ env: {}, namespace: 'b' }).mailHost).toBe('mcp-mail.b.svc.cluster.local')
})

test.for([
  ['GC_K8S_NAMESPACE', 'Not A Namespace', 'GC_K8S_NAMESPACE: "Not A Namespace" is not a namespace'],
  ['GC_K8S_CPU_LIMIT', 'lots', 'GC_K8S_CPU_LIMIT: "lots" is not a quantity'],
  ['GC_K8S_MCP_MAIL_PORT', 'http', 'GC_K8S_MCP_MAIL_PORT: "http" is not a port'],
  ['GC_K8S_NODE_SELECTOR', '{disk: ssd}', 'GC_K8S_NODE_SELECTOR is not JSON: '],
  ['GC_K8S_NODE_SELECTOR', '["ssd"]', 'is not a JSON object'],
  ['GC_K8S_NODE_SELECTOR', '{"disk":1}', 'the value of "disk" is not text'],
  ['GC_K8S_TOLERATIONS', '{}', 'is not a JSON array'],
  ['GC_K8S_TOLERATIONS', '[{"key":"a"},{"oprator":"Exists"}]', 'in item 2, there is no field "oprator"'],
  ['GC_K8S_AFFINITY', '{"nodeAfinity":{}}', 'there is no field "nodeAfinity"'],
  ['GC_K8S_TOPOLOGY_SPREAD_CONSTRAINTS', '[{"maxSkew":1}]', 'in item 1, "topologyKey" is missing'],
  ['GC_K8S_AGENT_ENV_JSON', '{"coder":{"CI":true}}', 'the value of "coder" is not text'],
  ['GC_K8S_RIG_IMAGES', '{"a":null}', 'the value of "a" is not text'],
  ['GC_K8S_IMAGE_PULL_SECRET', 'one, Two', '"Two" is not the name of a Secret'],
  ['GC_K8S_POD_SECURITY', 'privileged', '"privileged" is none of restricted, baseline, none'],
  ['GC_K8S_RUN_AS_USER', 'root', '"root" is not a user from 0 to 2147483647'],
  ['GC_K8S_PANE_SIZE', '220', '"220" is not a size'],
  ['GC_K8S_PANE_SIZE', '0x0', 'is not a size'],
  ['GC_K8S_HISTORY_LIMIT', '-1', '"-1" is not a number of lines'],
  ['GC_K8S_MIRROR', 'maybe', '"maybe" is neither true nor false'],
  ['GC_K8S_TIMEOUT', 'soon', '"soon" is not a time'],
  ['GC_K8S_TIMEOUT', '0', 'is not a time'],
  ['GC_K8S_WORKSPACE_ROOT', 'work', '"work" is not an absolute path'],
  ['GC_K8S_PREBAKED', 'ja', '"ja" is neither true nor false'],
] as const)('%s=%s is refused', ([name, value, why]) => {
  expect(() => readSettings({ env: { [name]: value } })).toThrow(
    expect.objectContaining({
      name: 'InvalidArgument',
      message: expect.stringMatching(new RegExp(`^${name}`)),
      suggestion: expect.stringContaining(name),
    }),
  )
  expect(() => readSettings({ env: { [name]: value } })).toThrow(why)
})

test.for([
  ['30', 30_000],
  ['2.5s', 2500],
  ['500ms', 500],
  ['2m', 120_000],
] as const)('a time of %s is %d ms', ([text, milliseconds]) => {
  expect(readSettings({ env: { GC_K8S_TIMEOUT: text } }).timeouts.verb).toBe(milliseconds)
})

test('an option for all times goes before that for requests, and both before the variable', () => {
  const env = { GC_K8S_TIMEOUT: '1s' }
  expect(readSettings({ env, requestTimeout: 2000 }).timeouts).toMatchObject({ verb: 2000, start: 11_000 })
  expect(readSettings({ env, requestTimeout: 2000, timeout: 3000 }).timeouts).toMatchObject({ verb: 3000 })
  expect(readSettings({ env, requestTimeout: 2 ** 31 - 1 }).timeouts.start).toBe(2 ** 31 - 1)
})

test('an option is checked like its variable, and named', () => {
  expect(() => readSettings({ env: {}, cpuLimit: 'lots' })).toThrow('option cpuLimit: "lots" is not a quantity')
  expect(() => readSettings({ env: {}, tolerations: [{ oprator: 'Exists' } as never] })).toThrow('option tolerations')
})

test('a Dolt host and its port are set together', () => {
  const message = 'requires both GC_K8S_DOLT_HOST and GC_K8S_DOLT_PORT when either is set'
  expect(() => readSettings({ env: { GC_K8S_DOLT_PORT: '3306' } })).toThrow(message)
  expect(() => readSettings({ env: { GC_K8S_DOLT_HOST: 'dolt' } })).toThrow(message)
  expect(readSettings({ env: { GC_K8S_DOLT_HOST: 'dolt' }, doltPort: '3306' })).toMatchObject({ doltHost: 'dolt' })
})

test('root is refused where the pods are restricted', () => {
  expect(() => readSettings({ env: { GC_K8S_RUN_AS_USER: '0' } })).toThrow('forbids root')
  expect(readSettings({ env: { GC_K8S_RUN_AS_USER: '0', GC_K8S_POD_SECURITY: 'baseline' } }).runAsUser).toBe(0)
})
