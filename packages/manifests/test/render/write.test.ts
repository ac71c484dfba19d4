import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { toYaml } from '../../src/index.ts'

test.for(['yes', 'off', 'y', '1:30', '0o7', '017', '1_000', 'null', '2001-01-01', 'a\nb'])(
  '%j stays a text for readers of either YAML',
  (text) => {
    const yaml = toYaml([{ metadata: { annotations: { text } } }])
    for (const version of ['1.1', '1.2'] as const) {
      expect(parse(yaml, { version }).metadata.annotations.text).toBe(text)
    }
  },
)
