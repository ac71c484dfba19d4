import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUsageError } from '../../../src/errors/usage.ts'
import { jsonPath, relaxedJsonPath } from '../../../src/output/jsonpath/jsonpath.ts'
import { printFound, printFoundAsJson } from '../../../src/output/jsonpath/print.ts'

const document = {
  kind: 'List',
  items: [
    { name: 'a', n: 1, tags: [], labels: { 'x.y/z': 'dotted' }, none: null },
    { name: 'b', n: 2, tags: ['one', 'two'], ratio: 1e-5, text: '<b>&' },
    { n: 3.5, tags: ['three'], on: true },
  ],
}
const show = (template: string) => printFound(jsonPath(template).find(document))

test.for([
  ['plain', 'plain'],
  ['{.kind}: {.items[0].name}', 'List: a'],
  ['{$.kind}{@.kind}{kind}'.replace('{kind}', '{["kind"]}'.replaceAll('"', "'")), 'ListListList'],
  ['{.items[*].n}', '1 2 3.5'],
  ['{.items[-1].n} {.items[-2:].n} {.items[:1].n} {.items[0:3:2].n} {.items[].n}', '3.5 2 3.5 1 1 3.5 1'],
  ['{.items[0,2].n}', '1 3.5'],
  ["{.items[1]['name','n']}", 'b 2'],
  ['{.items[0].labels.x\\.y/z}', 'dotted'],
  ["{.items[0].labels['x\\.y/z']}", 'dotted'],
  ['{..name}', 'a b'],
  ['{.items[?(@.name=="b")].n}', '2'],
  ["{.items[?(@.name!='b')].name}", 'a'],
  ['{.items[?(@.name>="b")].n}', '2'],
  ['{.items[?(@.on)].n}{.items[?(@.on==true)].n}', '3.53.5'],
  ['{range .items[*]}{.name}={.n}{"\\n"}{end}.', 'a=1\nb=2\n=3.5\n.'],
  ['{range .items[*]}[{range .tags[*]}{@},{end}]{end}', '[][one,two,][three,]'],
  ['{range .nothing[*]}x{end}y', 'y'],
  ['{.items[1].tags} {.items[0].labels}', '["one","two"] {"x.y/z":"dotted"}'],
  ['{.items[1].ratio} {.items[2].on} {.items[0].none} {.items[1].text}', '1e-05 true null <b>&'],
  ['{"\\u00e9\\t\\x41\\\\"}', 'é\tA\\'],
  ['{.items[1].tags.*}', 'one two'],
  ['{.nothing.below[0]}|', '|'],
  ['{__proto__}'.replace('{', '{.'), ''],
] as const)('%s', ([template, text]) => {
  expect(show(template)).toBe(text)
})

test.for([
  ['{.kind', 'error parsing jsonpath {.kind, unclosed action'],
  ['{.items[a]}', 'invalid array index a'],
  ['{.items[0}', 'unterminated array'],
  ['{.items[?(@.n]}', 'unterminated filter'],
  ['{"x}', 'unterminated quoted string'],
  ['{"\\q"}', 'invalid syntax'],
  ['{end}', 'not in range, nothing to end'],
  ['{foo}', 'unrecognized identifier foo'],
  ['{*}', "unrecognized character in action: U+002A '*'"],
  ['{....n}', 'invalid multiple recursive descent'],
  ['{.items[9]}', 'error executing jsonpath "{.items[9]}": array index out of bounds: index 9, length 3'],
  ['{.items[2:1]}', 'starting index 2 is greater than ending index 1'],
  ['{.items[::0]}', 'step must be > 0'],
  ['{.kind[0]}', 'a string is not array or slice'],
  ['{.items[0][?(@.n)]}', 'a map is not array or slice and cannot be filtered'],
  ['{.items[?(@.n=="1")]}', 'incompatible types for comparison'],
  ['{.items[?(@.tags[*]=="one")]}', 'can only compare one element at a time'],
] as const)('%s is an error that says why', ([template, why]) => {
  expect(() => show(template)).toThrow(expect.objectContaining({ message: expect.stringContaining(why) }))
})

test('braces and the first dot may be left out of a path in a flag', () => {
  for (const path of ['items[0].name', '.items[0].name', '{items[0].name}', '{.items[0].name}']) {
    expect(relaxedJsonPath(path).find(document)).toEqual([['a']])
  }
  expect(() => relaxedJsonPath('{.a}{.b}')).toThrow('unexpected path string')
})

test('as JSON, each part is a list', () => {
  expect(printFoundAsJson(jsonPath('{.items[*].n}').find(document))).toBe('[\n    1,\n    2,\n    3.5\n]\n')
  expect(printFoundAsJson(jsonPath('{.nothing}{.items[1].text}').find(document))).toBe(
    '[]\n[\n    "\\u003cb\\u003e\\u0026"\n]\n',
  )
})

test('any text is a template or a usage error, and evaluates or is one', () => {
  const token = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '..',
    '.',
    '?(',
    ')',
    '@',
    '*',
    '"',
    "'",
    'range ',
    'end',
    '1',
    ':',
    ',',
    '==',
    'items',
    '\\',
    ' ',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(token, { maxLength: 12 }).map((all) => all.join('')),
      ),
      (text) => {
        try {
          printFound(jsonPath(text).find(document))
        } catch (error) {
          if (!isUsageError(error)) throw error
        }
      },
    ),
    { numRuns: 2000 },
  )
})

test('text without braces is printed as it is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('{')),
      (text) => {
        expect(show(text)).toBe(text)
      },
    ),
  )
})

test('a path to any place of any document finds what is there', () => {
  const key = fc.string({ minLength: 1, maxLength: 6 }).filter((text) => text !== '*' && !/[\\'\]\n]/.test(text))
  const leaf = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean())
  const step = fc.oneof(key, fc.nat(3))
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), leaf, (path, value) => {
      const built = path.reduceRight<unknown>((below, at) => {
        return typeof at === 'number' ? Array.from({ length: at + 1 }, () => below) : { [at]: below }
      }, value)
      const escaped = (name: string) => name.replace(/[^a-z0-9]/g, (one) => `\\${one}`)
      const written = path.map((at) => (typeof at === 'number' ? `[${at}]` : `.${escaped(at)}`)).join('')
      expect(jsonPath(`{${written}}`).find(built)).toEqual([[value]])
    }),
  )
})

test('a text in double quotes is what Go would read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const quoted = JSON.stringify(text).replaceAll('\\/', '/')
      expect(show(`{${quoted}}`)).toBe(text)
    }),
  )
})
