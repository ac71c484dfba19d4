import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashedPodName, labelValue, podName } from '../../src/kubernetes/names.ts'
import { assertSessionName } from '../../src/starting/session-name.ts'

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/
const LABEL_VALUE = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/
const sessionName = fc.stringMatching(/^[!-~]{1,253}$/)

describe('podName', () => {
  test('is a DNS label for every session name', () => {
    fc.assert(
      fc.property(sessionName, (name) => {
        expect(podName(name)).toMatch(DNS_LABEL)
      }),
    )
    fc.assert(
      fc.property(sessionName, (name) => {
        expect(hashedPodName(name)).toMatch(DNS_LABEL)
      }),
    )
  })

  test('is the name itself where that is a DNS label', () => {
    fc.assert(
      fc.property(fc.stringMatching(DNS_LABEL), (name) => {
        expect(podName(name)).toBe(name)
      }),
    )
  })

  test.for([
    ['under_scores', 'under-scores'],
    ['UPPER-CASE', 'upper-case'],
    ['has/slashes', 'has-slashes'],
  ])('%s is not shared with %s', ([name, other]) => {
    expect(podName(name as string)).not.toBe(podName(other as string))
    expect(podName(name as string)).toMatch(new RegExp(`^${other}-[0-9a-f]{8}$`))
  })
})

test.for([
  ['under_scores_ok', 'under_scores_ok'],
  ['UPPER-Preserved', 'UPPER-Preserved'],
  ['dots.ok', 'dots.ok'],
  ['has/slashes', 'has-slashes'],
  ['///', 'unknown'],
  ['', 'unknown'],
  ['a'.repeat(70), 'a'.repeat(63)],
])('labelValue of "%s" is "%s", as the shell script makes it', ([text, value]) => {
  expect(labelValue(text as string)).toBe(value)
})

test('labelValue is a label value for every text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(labelValue(text)).toMatch(LABEL_VALUE)
    }),
  )
})

test.for([
  ['', 'must not be empty'],
  ['x'.repeat(300), '300 characters'],
  ['naïve', 'not printable ASCII'],
  ['a b', 'not printable ASCII'],
  ['tab\t', 'not printable ASCII'],
])('"%s" is refused: %s', ([name, why]) => {
  expect(() => assertSessionName(name as string)).toThrow(why)
})
