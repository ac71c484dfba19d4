import { Opened } from '../cluster/opened.ts'
import { GcCommand, type HelpGroup } from '../command.ts'
import type { CheckResult } from '../doctor/check.ts'
import { explain } from '../errors/explain.ts'
import { dataFormatFlag } from '../flags/data-format.ts'
import * as Flags from '../flags/define.ts'
import { type GlobalFlagValues, targetOf } from '../flags/target.ts'
import { structured } from '../output/structured.ts'
import type { Sessions } from '../runtime.ts'

export default class Doctor extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary = 'Check what sessions need, and say what mends each failure.'
  static override description =
    'Looks at the cluster, its version and clock, the namespace, permissions, quotas, Pod Security, Dolt, the credentials and the brokers, and changes nothing. Exit code 1: something failed.'
  static override examples = [
    'kubectl gc doctor',
    'kubectl gc doctor --image registry.example.com/gc-agent:1.4',
    'kubectl gc doctor --namespace team-a --output json',
  ]
  static override flags = {
    image: Flags.string({ helpValue: 'IMAGE', summary: 'Ask a node for this image too, by a pod that ends at once.' }),
    output: dataFormatFlag,
  }

  async run(): Promise<number> {
    const { flags } = await this.parse(Doctor)
    const results = await this.examine(flags, flags.image)
    if (flags.output !== undefined) await this.print(await structured(flags.output, { checks: results }))
    else await this.print(report(results))
    return results.some(({ verdict }) => verdict === 'failed') ? 1 : 0
  }

  private async examine(flags: GlobalFlagValues, image: string | undefined): Promise<CheckResult[]> {
    const { env, cwd, now, signal, openCluster, openSessions } = this.runtime
    const target = targetOf(flags)
    await using pool = new Opened()
    let opened: Promise<Sessions> | undefined
    const sessions = () => {
      opened ??= openSessions(target).then((one) => pool.use(one))
      return opened
    }
    try {
      const cluster = pool.use(await openCluster(target))
      const { examine } = await import('../doctor/examine.ts')
      return await examine({ env, cwd, now, signal, cluster, sessions, image })
    } catch (error) {
      signal.throwIfAborted()
      const { line, suggestion } = explain(error)
      return [{ check: 'kubeconfig', verdict: 'failed', message: line.replace(/^error: /, ''), fix: suggestion }]
    }
  }
}

function report(results: CheckResult[]): string {
  const width = Math.max(...results.map(({ check }) => check.length)) + 2
  const indent = ' '.repeat('warning'.length + 2 + width)
  return results
    .map(({ check, verdict, message, fix }) => {
      const line = `${verdict.padEnd('warning'.length + 2)}${check.padEnd(width)}${message}\n`
      return fix === undefined ? line : `${line}${indent}Try: ${fix}\n`
    })
    .join('')
}
