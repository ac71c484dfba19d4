import { type Check, check } from './check.ts'
import { expectEqual, Violation } from './probe.ts'

const KEY = 'GC_CONFORMANCE'

/** Operations that an executable need not have. Those that it has must work. */
export const optionalChecks: Check[] = [
  {
    name: 'optional: process-alive',
    async run(probe) {
      const [name = ''] = probe.command.trim().split(/\s+/)
      const answer = await probe.attempt(['process-alive', probe.session], `${name}\n`)
      if (answer !== 'true' && answer !== 'false')
        throw new Violation(`it prints ${JSON.stringify(answer)}, not true or false`)
      return `${name}: ${answer}`
    },
  },
  check('optional: nudge', async (probe) => {
    await probe.attempt(['nudge', probe.session], 'gc-session-conformance probe')
    await probe.succeed(['nudge', probe.missing], 'nobody is there')
  }),
  check('optional: metadata round trip', async (probe) => {
    const value = 'a = "b"; $HOME `id` \\ \'c\'\nsecond line'
    await probe.attempt(['set-meta', probe.session, KEY], 'first')
    expectEqual(await probe.succeed(['get-meta', probe.session, KEY]), 'first', 'get-meta')
    await probe.succeed(['set-meta', probe.session, KEY], value)
    expectEqual(await probe.succeed(['get-meta', probe.session, KEY]), value, 'get-meta of an overwritten key')
    await probe.succeed(['remove-meta', probe.session, KEY])
    expectEqual(await probe.succeed(['get-meta', probe.session, KEY]), '', 'get-meta of a removed key')
    expectEqual(await probe.succeed(['get-meta', probe.missing, KEY]), '', 'get-meta of a missing session')
  }),
  {
    name: 'optional: peek',
    async run(probe) {
      const lines = (await probe.attempt(['peek', probe.session, '10'])).split('\n')
      await probe.succeed(['peek', probe.session, '0'])
      return `${lines.length} lines`
    },
  },
  check('optional: list-running', async (probe) => {
    const names = (await probe.attempt(['list-running', probe.session])).split('\n')
    expectEqual(
      names.filter((name) => name === probe.session).length,
      1,
      `how often list-running names ${probe.session}`,
    )
    const others = (await probe.succeed(['list-running', probe.missing])).split('\n')
    if (others.includes(probe.session)) throw new Violation('it names a session that does not begin with the prefix')
  }),
  check('optional: interrupt of a missing session', (probe) => probe.attempt(['interrupt', probe.missing])),
  check('optional: send-keys', async (probe) => {
    await probe.attempt(['send-keys', probe.session, 'Down', 'Enter'])
    await probe.succeed(['send-keys', probe.missing, 'Enter'])
  }),
  check('optional: clear-scrollback', (probe) => probe.attempt(['clear-scrollback', probe.session])),
  check('optional: copy-to of a missing source', (probe) =>
    probe.attempt(['copy-to', probe.session, '/gc-conformance/no/such/file', '']),
  ),
]
