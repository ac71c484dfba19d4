import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commandReference } from './reference.ts'

test('docs/reference/commands.md is what the help says (vitest --update writes it)', async () => {
  const file = join(import.meta.dirname, '../../../../docs/reference/commands.md')
  await expect(commandReference()).toMatchFileSnapshot(file)
})
