import manifest from '../../package.json' with { type: 'json' }
import { GcCommand, type HelpGroup } from '../command.ts'
import { dataFormatFlag } from '../flags/data-format.ts'
import * as Flags from '../flags/define.ts'
import { type GlobalFlagValues, targetOf } from '../flags/target.ts'
import { structured } from '../output/structured.ts'

const patience = 3000

export default class Version extends GcCommand {
  static override group: HelpGroup = 'Help'
  static override summary = 'Print the versions of kubectl gc and of the API server.'
  static override description =
    'A server that cannot be reached is no failure: what keeps it from being reached is said.'
  static override examples = ['kubectl gc version', 'kubectl gc version --client --output json']
  static override flags = {
    client: Flags.boolean({ summary: 'Only the version of kubectl gc; no server is asked.' }),
    output: dataFormatFlag,
  }

  async run(): Promise<undefined> {
    const { flags } = await this.parse(Version)
    const client = {
      version: manifest.version,
      node: process.versions.node,
      platform: `${process.platform}/${process.arch}`,
    }
    const server = flags.client ? undefined : await this.server(flags)
    if (flags.output !== undefined) {
      const versions = { clientVersion: client, ...(server === undefined ? {} : { serverVersion: server }) }
      return void (await this.print(await structured(flags.output, versions)))
    }
    await this.print(`Client Version: ${client.version}\n`)
    if (server === undefined) return
    if ('gitVersion' in server) await this.print(`Server Version: ${server.gitVersion}\n`)
    else await this.note(`Server Version: unreachable (${server.error})`)
  }

  private async server(flags: GlobalFlagValues): Promise<{ gitVersion: string } | { error: string }> {
    try {
      await using cluster = await this.runtime.openCluster(targetOf(flags))
      const options = { timeout: flags['request-timeout'] ?? patience, signal: this.runtime.signal }
      const { gitVersion } = (await cluster.client.raw('GET', '/version', options)) as { gitVersion: string }
      return { gitVersion }
    } catch (error) {
      this.runtime.signal.throwIfAborted()
      const { explain } = await import('../errors/explain.ts')
      return { error: explain(error).line.replace(/^error: /, '') }
    }
  }
}
