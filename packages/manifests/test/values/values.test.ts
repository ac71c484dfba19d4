import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assign, isValuesError, mergeValues, objectsOf, sessionsBundle } from '../../src/index.ts'

test.for([
  [{ dolt: { stroage: '1Gi' } }, 'dolt.stroage: no such value; did you mean dolt.storage?'],
  [{ Dolt: {} }, 'Dolt: no such value; did you mean dolt?'],
  [{ dolt: { limits: { gpu: '1', disk: '1' } } }, 'dolt.limits.gpu: no such value; did you mean dolt.limits.cpu?'],
  [{ quota: { banana: 1 } }, 'quota.banana: no such value; there are enabled, hard'],
  [{ dolt: { storage: 5 } }, 'dolt.storage: 5 is not a string'],
  [{ dolt: { storage: '5 GB' } }, 'dolt.storage: "5 GB" is not a quantity, such as 500m or 10Gi'],
  [{ dolt: { clients: 'all' } }, 'dolt.clients: "all" is not one of namespace, cluster'],
  [{ dolt: { image: '' } }, 'dolt.image: "" is not at least 1 character long'],
  [{ dolt: { image: null } }, 'dolt.image: null is not a string'],
  [{ backups: { days: 0 } }, 'backups.days: 0 is not at least 1'],
  [{ backups: { days: 1.5 } }, 'backups.days: 1.5 is not an integer'],
  [{ backups: { enabled: 'yes' } }, 'backups.enabled: "yes" is not a boolean'],
  [{ networkPolicies: { ports: [80, 'https'] } }, 'networkPolicies.ports[1]: "https" is not a number'],
  [{ quota: { hard: { pods: 3 } } }, 'quota.hard.pods: 3 is not a string'],
  [{ claudeCredentials: { 'a b': '' } }, 'claudeCredentials.a b: "a b" is not the name of a file'],
  [[], 'the values: [] is not an object'],
  ['text', 'the values: "text" is not an object'],
] as const)('%j is refused', ([values, told]) => {
  const make = () => objectsOf(sessionsBundle, values)
  expect(make).toThrow(told)
  expect(make).toThrow(expect.toSatisfy(isValuesError))
})

test('every mistake is named at once', () => {
  const make = () => objectsOf(sessionsBundle, { dolt: { storage: 1, imag: 'x' }, mai: {} })
  expect(make).toThrow(/dolt\.storage: .*dolt\.imag: .*did you mean dolt\.image\?; mai: .*did you mean mail\?/)
})

test('values are laid over the defaults, and null takes a default away', () => {
  const hard = (values: object) => {
    const [, object] = objectsOf(sessionsBundle, { quota: { enabled: true, ...values } })
    return (object as { spec?: { hard?: Record<string, string> } }).spec?.hard
  }
  expect(hard({ hard: { pods: '3' } })).toMatchObject({ pods: '3', 'requests.cpu': '32' })
  expect(hard({ hard: { pods: null } })).not.toHaveProperty('pods')
})

test.for([
  ['dolt.storage=50Gi', { dolt: { storage: '50Gi' } }],
  ['dolt.limits.cpu=2', { dolt: { limits: { cpu: '2' } } }],
  ['backups.days=30', { backups: { days: 30 } }],
  ['backups.days=many', { backups: { days: 'many' } }],
  ['backups.enabled=true', { backups: { enabled: true } }],
  ['backups.schedule=*/5 * * * *', { backups: { schedule: '*/5 * * * *' } }],
  ['quota.hard.requests\\.cpu=3', { quota: { hard: { 'requests.cpu': '3' } } }],
  ['quota.hard={pods: "3"}', { quota: { hard: { pods: '3' } } }],
  ['networkPolicies.ports=[80, 443]', { networkPolicies: { ports: [80, 443] } }],
  [
    'networkPolicies.except={10.0.0.0/8,192.168.0.0/16}',
    { networkPolicies: { except: ['10.0.0.0/8', '192.168.0.0/16'] } },
  ],
  ['networkPolicies.ports[1]=443', { networkPolicies: { ports: [undefined, 443] } }],
  ['dolt.storageClassName=null', { dolt: { storageClassName: null } }],
  ['controller.city=a=b', { controller: { city: 'a=b' } }],
  ['dolt.image=', { dolt: { image: '' } }],
  ['__proto__.polluted=1', JSON.parse('{"__proto__": {"polluted": "1"}}')],
] as const)('--set %s', ([assignment, values]) => {
  const before = {}
  expect(assign(sessionsBundle, before, assignment)).toEqual(values)
  expect(before).toEqual({})
  expect({}).not.toHaveProperty('polluted')
})

test.for(['', '=', 'a', '.a=1', 'a..b=1', 'a[x]=1', 'a[99999]=1'])('--set %j is refused', (assignment) => {
  expect(() => assign(sessionsBundle, {}, assignment)).toThrow('is not PATH=VALUE')
})

test('laying values over others changes neither, and the last one wins', () => {
  const tree = fc.object({ maxDepth: 3, withNullPrototype: false })
  fc.assert(
    fc.property(tree, tree, (below, above) => {
      const before = structuredClone([below, above])
      const merged = mergeValues(below, above)
      expect([below, above]).toEqual(before)
      expect(mergeValues(merged, above)).toEqual(merged)
    }),
  )
})
