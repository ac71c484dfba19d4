import { GcCommand, type HelpGroup } from '../../command.ts'
import { UsageError } from '../../errors/usage.ts'
import { dataFormatFlag } from '../../flags/data-format.ts'
import { structured } from '../../output/structured.ts'

export default class ControllerStatus extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary = 'Show the controller of a namespace: whether it runs, and why it does not.'
  static override description = 'Exit code 0: gc runs; 1: it does not, or it cannot be told.'
  static override examples = ['kubectl gc controller status', 'kubectl gc controller status --output json']
  static override flags = {
    output: dataFormatFlag,
  }

  async run(): Promise<number> {
    const { flags } = await this.parse(ControllerStatus)
    const { controllerTarget } = await import('../../controller/target.ts')
    await using cluster = await this.runtime.openCluster(await controllerTarget(flags, this.runtime))
    const { client, namespace } = cluster
    const { controllerState } = await import('../../controller/state.ts')
    const { controllerWarnings } = await import('../../controller/events.ts')
    const { controllerObject, describeController } = await import('../../controller/describe.ts')
    const place = { client, namespace, signal: this.runtime.signal }
    const state = await controllerState(place)
    const isAsItShouldBe = state.phase === 'Running' || state.phase === 'Absent'
    const warnings = isAsItShouldBe ? [] : await controllerWarnings(place, state)
    if (flags.output !== undefined) {
      await this.print(await structured(flags.output, controllerObject(namespace, state, warnings)))
    } else if (state.phase === 'Absent') {
      const next = `kubectl gc controller deploy --namespace ${namespace}`
      throw new UsageError(`there is no controller in namespace ${namespace}`, next)
    } else {
      await this.print(describeController(namespace, state, warnings, this.runtime.now()))
    }
    return state.phase === 'Running' ? 0 : 1
  }
}
