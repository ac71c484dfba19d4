import { expect, test } from 'vitest'
import { podEnvironment } from '../../src/kubernetes/environment.ts'
import { podPaths } from '../../src/starting/pod-paths.ts'

type Environment = Record<string, string | undefined>

const services = { doltHost: 'dolt.town', doltPort: '3307', mailHost: 'mail.town', mailPort: '8765' }

function environment(env: Environment, workDir?: string) {
  const config = { env, workDir }
  return podEnvironment(config, podPaths(config, '/workspace'), services)
}

const dolt = (env: Environment) => {
  const { GC_DOLT_HOST, GC_DOLT_PORT, BEADS_DOLT_SERVER_HOST, BEADS_DOLT_SERVER_PORT } = environment(env)
  expect([BEADS_DOLT_SERVER_HOST, BEADS_DOLT_SERVER_PORT]).toEqual([GC_DOLT_HOST, GC_DOLT_PORT])
  return GC_DOLT_HOST === undefined ? undefined : `${GC_DOLT_HOST}:${GC_DOLT_PORT}`
}

test("the city and the directory are the pod's, and mail's project is the city as it is known outside", () => {
  expect(environment({ GC_CITY: '/city', GC_DIR: '/city/rig' }, '/city/rig')).toMatchObject({
    GC_CITY: '/workspace',
    GC_DIR: '/workspace/rig',
    GC_MCP_MAIL_PROJECT: '/city',
    GC_MCP_MAIL_URL: 'http://mail.town:8765',
    GC_MAIL: 'exec:gc-mail-mcp-agent-mail',
    GC_TMUX_SESSION: 'main',
  })
  expect(environment({})).toMatchObject({ GC_CITY: '/workspace', GC_MCP_MAIL_PROJECT: '/workspace' })
})

test('variables that hold paths are mapped, and no others', () => {
  const paths = ['BEADS_DIR', 'GC_CITY_PATH', 'GC_CITY_ROOT', 'GC_CITY_RUNTIME_DIR', 'GC_PACK_DIR', 'GC_PACK_STATE_DIR']
  for (const name of [...paths, 'GC_RIG_ROOT', 'GC_STORE_ROOT', 'GT_ROOT']) {
    expect(environment({ GC_CITY: '/city', [name]: '/city/x' })[name]).toBe('/workspace/x')
    expect(environment({ GC_CITY: '/city', [name]: '/city2' })[name]).toBe('/city2')
  }
  expect(environment({ GC_CITY: '/city', NOTE: '/city/x' }).NOTE).toBe('/city/x')
})

test('what only the controller uses is removed, and what is undefined is not set', () => {
  const env = environment({
    GC_SESSION: 'exec:x',
    GC_BEADS: 'x',
    GC_EVENTS: 'x',
    GC_MAIL: 'x',
    KEPT: 'x',
    NOT: undefined,
  })
  expect(env).toMatchObject({ KEPT: 'x', GC_MAIL: 'exec:gc-mail-mcp-agent-mail' })
  for (const name of ['GC_SESSION', 'GC_BEADS', 'GC_EVENTS', 'NOT']) expect(env).not.toHaveProperty(name)
})

test('values are not changed', () => {
  const value = '$(HOME) $$ $x `id` \n\t"\'\\ é 😀'
  expect(environment({ VALUE: value }).VALUE).toBe(value)
})

test.for<[what: string, env: Environment, expected: string | undefined]>([
  ['nothing said', {}, 'dolt.town:3307'],
  ['said to be none', { GC_DOLT_HOST: undefined }, undefined],
  ['said to be empty', { GC_DOLT_HOST: '', GC_DOLT_PORT: '' }, undefined],
  ['both', { GC_DOLT_HOST: 'db', GC_DOLT_PORT: '1' }, 'db:1'],
  ['a port only', { GC_DOLT_HOST: undefined, GC_DOLT_PORT: '1' }, 'dolt.town:3307'],
  ['loopback', { GC_DOLT_HOST: '127.0.0.1', GC_DOLT_PORT: '1' }, 'dolt.town:3307'],
  ['loopback by IPv6', { GC_DOLT_HOST: '::1', GC_DOLT_PORT: '1' }, 'dolt.town:3307'],
  ['what the controller itself uses', { BEADS_DOLT_SERVER_HOST: 'db', GC_DOLT_HOST: undefined }, undefined],
])('Dolt: %s', ([, env, expected]) => {
  expect(dolt(env)).toBe(expected)
})

test('a Dolt host without a port is refused', () => {
  const message = 'start: session payload requires GC_DOLT_PORT when GC_DOLT_HOST is set'
  expect(() => environment({ GC_DOLT_HOST: 'db' })).toThrow(message)
})

test.for([
  ['A=B', 'x', '"A=B" is not the name'],
  ['', 'x', '"" is not the name'],
  ['A', 'a\0b', 'the variable A holds a NUL byte'],
  ['A', 'x'.repeat(128 * 1024 - 2), 'the variable A has 131073 bytes, and Linux allows 131072'],
] as const)('the variable %j is refused', ([name, value, why]) => {
  expect(() => environment({ [name]: value })).toThrow(why)
})

test('the longest value that Linux can hand on is taken', () => {
  expect(environment({ A: 'x'.repeat(128 * 1024 - 3) }).A).toHaveLength(128 * 1024 - 3)
})
