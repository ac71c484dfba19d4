import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeHelp } from './describe-help.ts'

test('the help that is written down is that of the commands (vitest --update writes it)', async () => {
  const file = join(import.meta.dirname, '../../src/help/generated/help.json')
  await expect(`${JSON.stringify(describeHelp(), null, 1)}\n`).toMatchFileSnapshot(file)
})
