import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeCommands } from './describe-commands.ts'

test('the table of completions is what the commands are (vitest --update writes it)', async () => {
  const file = join(import.meta.dirname, '../../src/completion/generated/table.json')
  await expect(`${JSON.stringify(describeCommands(), null, 1)}\n`).toMatchFileSnapshot(file)
})
