import { type Check, check } from './check.ts'
import { expectEqual, NotOffered, type Probe, Violation } from './probe.ts'

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/** What an executable says that it can do must work; what it does not say need not be there. */
export const capabilityChecks: Check[] = [
  check('capability report-attachment: is-attached', async (probe) => {
    const answer = await ask(probe, 'report-attachment', ['is-attached', probe.session])
    expectEqual(answer, 'false', 'is-attached, with nobody attached,')
  }),
  {
    name: 'capability report-activity: get-last-activity',
    async run(probe) {
      const answer = await ask(probe, 'report-activity', ['get-last-activity', probe.session])
      if (answer === '' && !probe.capabilities.has('report-activity'))
        throw new NotOffered('no answer, and not declared')
      if (!RFC3339.test(answer) || Number.isNaN(Date.parse(answer))) {
        throw new Violation(`${JSON.stringify(answer)} is not a time as RFC 3339 writes it`)
      }
      return answer
    },
  },
  check('capability proc.exec: exec', async (probe) => {
    needs(probe, 'proc.exec')
    await expectExec(probe, probe.session, 'echo out; echo err >&2', 0, 'out\nerr')
    await expectExec(probe, probe.session, 'exit 7', 7, '')
    await expectExec(probe, probe.session, 'exit 2', 2, '')
  }),
  check('capability proc.stream: proc-stream', async (probe) => {
    needs(probe, 'proc.stream')
    const { exitCode, stdout, stderr } = await probe.call(
      ['proc-stream', probe.session],
      'echo out; echo err >&2; exit 7',
    )
    expectEqual(exitCode, 7, 'exit 7')
    expectEqual(stdout, 'out\n', 'its stdout')
    expectEqual(stderr, 'err\n', 'its stderr')
  }),
  check('capability proc.provision: provision', async (probe) => {
    needs(probe, 'proc.provision')
    await probe.succeed(['provision', probe.provisioned], probe.document)
    expectEqual(await probe.succeed(['is-running', probe.provisioned]), 'false', 'is-running, with no agent launched,')
    await expectExec(probe, probe.provisioned, 'echo provisioned', 0, 'provisioned')
    await probe.succeed(['stop', probe.provisioned])
  }),
]

/** An operation that must work where its capability is declared, and may where it is not. */
function ask(probe: Probe, capability: string, args: string[]): Promise<string> {
  return probe.capabilities.has(capability) ? probe.succeed(args) : probe.attempt(args)
}

function needs(probe: Probe, capability: string): void {
  if (!probe.capabilities.has(capability)) throw new NotOffered('not declared')
}

async function expectExec(probe: Probe, session: string, command: string, exitCode: number, output: string) {
  const answer = await probe.call(['exec', session], command)
  expectEqual(answer.exitCode, exitCode, `the exit code of exec "${command}"`)
  expectEqual(answer.stdout.replace(/\n+$/, ''), output, `exec "${command}"`)
}
