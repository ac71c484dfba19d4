import { expect, test } from 'vitest'
import { grantCommand } from '../../src/kubernetes/permission.ts'

const refusal = (user: string, verb: string, resource: string, group = '') =>
  `${resource} "x" is forbidden: User "${user}" cannot ${verb} resource "${resource}" in API group "${group}" in the namespace "gc"`

test.for([
  [
    refusal('system:serviceaccount:gc:robot', 'list', 'pods'),
    'kubectl -n gc create role gc-list-pods --verb=list --resource=pods && kubectl -n gc create rolebinding gc-list-pods --role=gc-list-pods --serviceaccount=gc:robot',
  ],
  [
    refusal('jane@example.com', 'get', 'pods/exec'),
    'kubectl -n gc create role gc-get-create-pods-exec --verb=get,create --resource=pods/exec && kubectl -n gc create rolebinding gc-get-create-pods-exec --role=gc-get-create-pods-exec --user=jane@example.com',
  ],
  [
    refusal("Jane O'Neil", 'get', 'jobs', 'batch'),
    `kubectl -n gc create role gc-get-jobs --verb=get --resource=jobs.batch && kubectl -n gc create rolebinding gc-get-jobs --role=gc-get-jobs --user='Jane O'\\''Neil'`,
  ],
] as const)('%s', ([message, command]) => {
  expect(grantCommand(message)).toBe(command)
})

test('what no grant helps has no command', () => {
  expect(grantCommand('pods "x" is forbidden: exceeded quota: none')).toBeUndefined()
  expect(grantCommand('pods "x" is forbidden: violates PodSecurity "restricted:latest"')).toBeUndefined()
})
