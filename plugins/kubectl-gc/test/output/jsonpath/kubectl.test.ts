import { expect, test } from 'vitest'
import { jsonPath } from '../../../src/output/jsonpath/jsonpath.ts'
import { printFound, printFoundAsJson } from '../../../src/output/jsonpath/print.ts'
import golden from './kubectl.json' with { type: 'json' }

/** What kubectl prints (e2e/jsonpath.test.ts asks it); null: it ends with an error. */
test.for(golden.cases)('-o $format prints what kubectl prints', ({ format, prints }) => {
  const [, asJson, template = ''] = /^jsonpath(-as-json)?=([\s\S]*)$/.exec(format) ?? []
  const print = () => (asJson ? printFoundAsJson : printFound)(jsonPath(template).find(golden.document))
  if (prints === null) expect(print).toThrow(/^error (parsing|executing) jsonpath/)
  else expect(print()).toBe(prints)
})
