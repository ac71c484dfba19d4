import { expect, test } from 'vitest'
import { diffText } from '../../../src/install/diff/diff-text.ts'

const map = (data: Record<string, string>) => ({
  ...{ apiVersion: 'v1', kind: 'ConfigMap', data },
  metadata: { name: 'm', namespace: 'n', uid: 'u', resourceVersion: '1', creationTimestamp: 'now' },
})
const secret = (data: Record<string, string>) => ({ ...map(data), kind: 'Secret' })

test('what changes, as diff -u shows it, without what the server writes', () => {
  const after = { ...map({ b: '2', a: '3' }), status: { phase: 'x' } }
  expect(diffText(map({ a: '1', b: '2' }), after)).toBe(`diff -u -N LIVE/v1.ConfigMap.n.m MERGED/v1.ConfigMap.n.m
--- LIVE/v1.ConfigMap.n.m
+++ MERGED/v1.ConfigMap.n.m
@@ -1,6 +1,6 @@
 apiVersion: v1
 data:
-  a: "1"
+  a: "3"
   b: "2"
 kind: ConfigMap
 metadata:
`)
})

test('what is new and what goes is all of it', () => {
  const lines = (text: string, sign: string) =>
    text.split('\n').filter((line) => new RegExp(`^\\${sign}[^+-]`).test(line))
  const object = map({ a: '1' })
  expect(lines(diffText(undefined, object), '+')).toHaveLength(7)
  expect(lines(diffText(undefined, object), '-')).toEqual([])
  expect(lines(diffText(object, undefined), '-')).toHaveLength(7)
})

test('of a Secret one sees which values differ, and none of them', () => {
  const after = Object.assign(secret({ same: 'c2FtZQ==', old: 'bmV3' }), { stringData: { added: 'plain' } })
  const text = diffText(secret({ same: 'c2FtZQ==', old: 'b2xk', gone: 'Z29uZQ==' }), after)
  expect(text).toContain(
    '-  gone: "***"\n-  old: "*** (before)"\n+  added: "***"\n+  old: "*** (after)"\n   same: "***"',
  )
  expect(text).not.toMatch(/c2FtZQ|b2xk|bmV3|Z29uZQ|plain/)
})

test('what an object holds twice is written twice', () => {
  const shared = { x: 'y' }
  const object = Object.assign(map({}), { b: shared, a: shared })
  expect(diffText(undefined, object)).toContain('+a:\n+  x: y\n')
  expect(diffText(undefined, object)).not.toMatch(/[&*]a1/)
})
