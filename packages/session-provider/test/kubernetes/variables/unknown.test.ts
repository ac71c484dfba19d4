import { expect, test } from 'vitest'
import { variables } from '../../../src/kubernetes/variables/table.ts'
import { unknownVariables } from '../../../src/kubernetes/variables/unknown.ts'

test('a misspelt variable is told with the one that was meant', () => {
  expect(unknownVariables({ GC_K8S_NAMESPAC: 'gc', GC_K8S_SOMETHING_ELSE: '1', PATH: '/bin' })).toEqual([
    { name: 'GC_K8S_NAMESPAC', nearest: 'GC_K8S_NAMESPACE' },
    { name: 'GC_K8S_SOMETHING_ELSE', nearest: undefined },
  ])
})

test("no variable of the table is unknown, nor those of gc's other programs, nor those that are needless here", () => {
  const others = ['GC_K8S_CONTROLLER_IMAGE', 'GC_K8S_CUSTOM_TYPES', 'GC_K8S_CLIENT_QPS', 'GC_K8S_CLIENT_BURST']
  const names = [...Object.values(variables).map(({ name }) => name), ...others]
  expect(unknownVariables(Object.fromEntries(names.map((name) => [name, 'x'])))).toEqual([])
})

test('each variable has a name of its own, and a default that its own kind accepts', () => {
  const all = Object.values(variables)
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
  for (const { kind, otherwise } of all) {
    if (otherwise !== undefined)
      expect(kind.complaint(kind.parse(otherwise.replace('<namespace>', 'gc')))).toBeUndefined()
  }
})
