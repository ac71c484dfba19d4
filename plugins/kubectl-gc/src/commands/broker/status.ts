import { type BrokerStatus, runningBrokers } from '@kubectl-gc/session-provider/broker'
import { GcCommand, type HelpGroup } from '../../command.ts'
import { dataFormatFlag } from '../../flags/data-format.ts'
import { age } from '../../output/age.ts'
import { structured } from '../../output/structured.ts'
import { table } from '../../output/table.ts'

const heads = ['PID', 'VERSION', 'UPTIME', 'SESSIONS', 'STREAMS', 'REQUESTS', 'MEMORY', 'SERVER']

export default class Status extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary = 'Show the brokers of this user.'
  static override description =
    'A broker keeps connections, streams and watches between calls of gc-session-k8s, one for each identity. It comes with the first call and leaves after ten minutes without one.'
  static override examples = ['kubectl gc broker status', 'kubectl gc broker status --output json']
  static override flags = {
    output: dataFormatFlag,
  }

  async run(): Promise<undefined> {
    const { flags } = await this.parse(Status)
    const brokers = (await runningBrokers(this.runtime.env)).map(({ status }) => status)
    if (flags.output !== undefined) return void (await this.print(await structured(flags.output, brokers)))
    if (brokers.length === 0) return void (await this.note('no broker runs'))
    await this.print(
      table(
        heads,
        brokers.map((status) => this.row(status)),
      ),
    )
  }

  private row({ pid, version, uptimeSeconds, sessions, streams, requests, memoryBytes, server }: BrokerStatus) {
    const now = this.runtime.now()
    const uptime = age(new Date(now.getTime() - uptimeSeconds * 1000), now)
    const memory = `${Math.round(memoryBytes / 1024 / 1024)}Mi`
    return [pid, version, uptime, sessions, streams, requests, memory, server].map(String)
  }
}
