import { GcCommand, type HelpGroup } from '../../command.ts'
import { backUp, type Take, writeWhole } from '../../dolt/backup.ts'
import { runBackupJob } from '../../dolt/backup-job.ts'
import { findDolt } from '../../dolt/find-pod.ts'
import * as Flags from '../../flags/define.ts'
import { targetOf } from '../../flags/target.ts'
import { startProgress } from '../../output/progress.ts'
import { size } from '../../output/size.ts'
import type { Cluster } from '../../runtime.ts'

export default class DoltBackup extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary = "Back up Dolt's databases, each as of one moment."
  static override description =
    'To a file of this machine, which appears once it is whole; without --output, to the claim that scheduled backups go to. The history, all branches and what is not committed are in it; users and their rights are not. Dolt goes on answering.'
  static override examples = [
    'kubectl gc dolt backup --output town.tar',
    'kubectl gc dolt backup --namespace team-a',
    'kubectl gc dolt backup --output - | gpg --encrypt --recipient ops > town.tar.gpg',
  ]
  static override flags = {
    output: Flags.string({ char: 'o', helpValue: 'FILE', summary: 'The file to write, - for standard output.' }),
  }

  async run(): Promise<undefined> {
    const { flags } = await this.parse(DoltBackup)
    await using cluster = await this.runtime.openCluster(targetOf(flags))
    using progress = startProgress(this.runtime.stderr)
    if (flags.output === undefined) return await this.toClaim(cluster, progress.step)
    if (flags.output === '-') {
      const { databases, bytes } = await this.backUp(cluster, progress.step, (archive) => this.pass(archive))
      return void (await this.note(`backed up: ${databases.join(', ')}; ${size(bytes)}`))
    }
    const file = flags.output
    const { databases, bytes } = await writeWhole(file, (take) => this.backUp(cluster, progress.step, take))
    await this.print(`${file} written: ${databases.join(', ')}; ${size(bytes)}\n`)
  }

  private async backUp({ client, namespace }: Cluster, onStep: (step: string) => void, take: Take) {
    const { signal, now } = this.runtime
    const pod = await findDolt(client, namespace, signal)
    return backUp({ client, pod, signal }, take, { createdAt: now(), onStep })
  }

  private async pass(archive: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const chunk of archive) await this.print(chunk)
  }

  private async toClaim({ client, namespace }: Cluster, onStep: (step: string) => void): Promise<undefined> {
    const { signal, now } = this.runtime
    await findDolt(client, namespace, signal)
    const said = await runBackupJob(client, namespace, { signal, now: now(), onStep })
    await this.print(said.map((line) => `${line}\n`).join(''))
  }
}
