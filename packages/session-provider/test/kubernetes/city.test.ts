import { expect, test } from 'vitest'
import { cityLabel, isForeign } from '../../src/kubernetes/city.ts'

const podOf = (city?: string) => ({ metadata: { labels: city === undefined ? {} : { 'gc-city': cityLabel(city) } } })

test("a city's label names its folder, and tells folders of one name apart", () => {
  expect(cityLabel('/home/me/my city/')).toMatch(/^my-city-[0-9a-f]{8}$/)
  expect(cityLabel('/home/me/city')).not.toBe(cityLabel('/home/you/city'))
  expect(cityLabel('/home/me/city')).toBe(cityLabel('/home/me/x/../city/'))
})

test.for(['/', `/${'x'.repeat(300)}`, '/日本', '/-._'])('the label of %s is a label value', (path) => {
  expect(cityLabel(path)).toMatch(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])$/)
})

test("a pod is another city's only when both are known", () => {
  expect(isForeign(podOf('/a'), '/b')).toBe(true)
  expect(isForeign(podOf('/a'), '/a')).toBe(false)
  expect(isForeign(podOf(), '/b')).toBe(false)
  expect(isForeign(podOf('/a'), undefined)).toBe(false)
})
