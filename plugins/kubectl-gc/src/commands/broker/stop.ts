import { runningBrokers } from '@kubectl-gc/session-provider/broker'
import { GcCommand, type HelpGroup } from '../../command.ts'

export default class Stop extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary = 'End the brokers of this user.'
  static override description =
    'Sessions go on, and what a broker is doing is finished first. The next call starts another one, unless GC_K8S_BROKER=off is set.'
  static override examples = ['kubectl gc broker stop']

  async run(): Promise<undefined> {
    await this.parse(Stop)
    const brokers = await runningBrokers(this.runtime.env)
    if (brokers.length === 0) return void (await this.note('no broker runs'))
    for (const { status, stop } of brokers) {
      await stop()
      await this.print(`broker/${status.pid} stopped\n`)
    }
  }
}
