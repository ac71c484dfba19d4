import { pipeline } from 'node:stream/promises'
import { doltClient } from '@kubectl-gc/manifests'
import { atTerminal } from '../../attach/at-terminal.ts'
import { GcCommand, type HelpGroup } from '../../command.ts'
import { CONTAINER, findDolt } from '../../dolt/find-pod.ts'
import * as Flags from '../../flags/define.ts'
import { targetOf } from '../../flags/target.ts'
import type { Cluster } from '../../runtime.ts'

export default class DoltSql extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary = "Run Dolt's SQL client in its pod."
  static override description =
    "Without a query it is read from standard input, and at a terminal a shell is opened. What follows -- is given to dolt sql. The exit code is the client's own."
  static override usage = 'dolt sql [flags] [-- ARGS...]'
  static override examples = [
    'kubectl gc dolt sql --execute "SHOW DATABASES"',
    'kubectl gc dolt sql --database town < schema.sql',
    'kubectl gc dolt sql --execute "SELECT * FROM town.issues" -- --result-format csv',
  ]
  static override takesRest = true
  static override flags = {
    execute: Flags.string({ char: 'e', helpValue: 'QUERY', summary: 'The queries to run.' }),
    database: Flags.string({ helpValue: 'NAME', summary: 'The database that queries are about.' }),
  }

  async run(): Promise<number> {
    const { flags } = await this.parse(DoltSql)
    await using cluster = await this.runtime.openCluster(targetOf(flags))
    const database = flags.database === undefined ? [] : ['--use-db', flags.database]
    const query = flags.execute === undefined ? [] : ['--query', flags.execute]
    const command = [...doltClient, ...database, 'sql', ...query, ...(this.rest ?? [])]
    const { stdin, stdout } = this.runtime
    const asksNothing = flags.execute === undefined && this.rest === undefined
    if (asksNothing && stdin.isTTY === true && stdout.isTTY === true) return await this.shell(cluster, command)
    return await this.through(cluster, command, flags.execute === undefined && stdin.isTTY !== true)
  }

  /** At this terminal. */
  private async shell({ client, namespace }: Cluster, command: string[]): Promise<number> {
    const { signal, env } = this.runtime
    const pod = await findDolt(client, namespace, signal)
    const withTerm = ['env', `TERM=${env.TERM ?? 'xterm'}`, ...command]
    const stream = await client.exec(pod, { command: withTerm, container: CONTAINER, stdin: true, tty: true, signal })
    const { stdin, stdout, stderr } = stream
    const resize = (columns: number, rows: number) => stream.resize(columns, rows)
    const shell = { stdin, stdout, stderr, resize, wait: () => stream.exit }
    return await atTerminal(this.runtime, shell, (data) => this.print(data))
  }

  private async through({ client, namespace }: Cluster, command: string[], takesInput: boolean): Promise<number> {
    const { stdin, signal } = this.runtime
    const pod = await findDolt(client, namespace, signal)
    const stream = await client.exec(pod, { command, container: CONTAINER, stdin: takesInput, signal })
    // A client that has ended reads no more: its exit code says how.
    if (takesInput) pipeline(stdin, stream.stdin).catch(() => undefined)
    const show = async () => {
      for await (const chunk of stream.stdout) await this.print(chunk)
    }
    const complain = async () => {
      for await (const chunk of stream.stderr) await this.printError(chunk)
    }
    const [code] = await Promise.all([stream.exit, show(), complain()])
    return code
  }
}
