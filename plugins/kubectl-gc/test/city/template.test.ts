import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fillIn } from '../../src/city/template.ts'

const fields = { Agent: 'mayor', CityName: 'my {{city}}', Rig: '' }

test.for([
  ['{{.Agent}} of {{ .CityName }}', 'mayor of my {{city}}'],
  ['a\n  {{- .Agent -}}  \nb', 'amayorb'],
  ['a {{/* not\nshown */}} b', 'a  b'],
  ['a {{- /* not shown */ -}} b', 'ab'],
  ['[{{.Rig}}]', '[]'],
  ['{ {.Agent} } and {x}', '{ {.Agent} } and {x}'],
])('%j becomes %j', ([template = '', text]) => {
  expect(fillIn(template, fields, 'x')).toBe(text)
})

test.for([
  ['one\ntwo {{ .Agnet }}', 'p.md:2: there is no field .Agnet', 'did you mean .Agent?'],
  ['{{ .WorkQuery }}', 'p.md:1: there is no field .WorkQuery', 'use one of .Agent, .CityName, .Rig'],
  ['\n\n{{ template "x" . }}', 'p.md:3: {{ template "x" . }} can be filled in only by gc', 'prompt.md'],
  ['{{ .toString }}', 'p.md:1: there is no field .toString', 'use one of'],
])('%j is refused', async ([template = '', message = '', suggestion = '']) => {
  const fill = async () => fillIn(template, fields, 'p.md')
  await expect(fill()).rejects.toMatchObject({ message, suggestion: expect.stringContaining(suggestion) })
})

test('text without directives is taken as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!text.includes('{{'))
      expect(fillIn(text, fields, 'x')).toBe(text)
    }),
  )
})
