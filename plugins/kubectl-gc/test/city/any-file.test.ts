import fc from 'fast-check'
import { stringify } from 'smol-toml'
import { expect, test } from 'vitest'
import { openCity } from '../../src/city/open.ts'
import { isUsageError } from '../../src/errors/usage.ts'
import { folderWith } from '../support/city.ts'

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.array(fc.oneof(fc.string(), fc.dictionary(fc.string(), fc.string())), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie('any'), { maxKeys: 3 }),
  ),
})).any

const key = (...known: string[]) => fc.oneof(fc.constantFrom(...known), fc.string())
const agent = fc.dictionary(
  key('start_command', 'env', 'depends_on', 'k8s', 'args', 'prompt_mode', 'work_dir', 'scope'),
  value,
)
const city = fc.dictionary(key('workspace', 'providers', 'session', 'agent', 'agent_defaults', 'imports'), value)
const toml = (table: fc.Arbitrary<Record<string, unknown>>) =>
  fc.oneof(
    table.map((one) => stringify(one)),
    fc.string(),
  )

test('whatever the files say, a city is one or is refused in words', async () => {
  await fc.assert(
    fc.asyncProperty(toml(city), toml(agent), fc.string(), async (cityToml, agentToml, prompt) => {
      using folder = folderWith({
        'city.toml': cityToml,
        'agents/mayor/agent.toml': agentToml,
        'agents/mayor/prompt.template.md': prompt,
      })
      const opened = await openCity(folder.path, { env: {}, cwd: '/' }).catch((error: unknown) => error)
      if (isUsageError(opened)) expect(opened.message).not.toBe('')
      else expect(opened).toMatchObject({ city: { root: folder.path } })
    }),
    { numRuns: 200 },
  )
})
