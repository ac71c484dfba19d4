import { GcCommand, type HelpGroup } from '../../command.ts'
import * as Flags from '../../flags/define.ts'
import { targetOf } from '../../flags/target.ts'
import { expiryOf } from '../../secrets/expiry.ts'
import { type CredentialFiles, credentialFolder, LOGIN, readCredentialFiles, sizes } from '../../secrets/files.ts'
import { fromFlag } from '../../secrets/flags.ts'
import { applySecret, NAME, readSecret, type Synced } from '../../secrets/secret.ts'

export default class SecretsSync extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary = "Bring this machine's agent credentials into the cluster."
  static override description =
    'Makes the Secret claude-credentials of .credentials.json, settings.json and .claude.json, as far as the folder has them, and of nothing else. Sessions that are started from then on get them. No content is ever printed.'
  static override examples = [
    'kubectl gc secrets sync',
    'kubectl gc secrets sync --from ~/agents/claude --namespace team-a',
    'kubectl gc secrets sync --force-conflicts',
  ]
  static override flags = {
    from: fromFlag,
    'force-conflicts': Flags.boolean({ summary: 'Replace what something else has put into the Secret.' }),
  }

  async run(): Promise<undefined> {
    const { flags } = await this.parse(SecretsSync)
    const { signal, now, env } = this.runtime
    const files = await readCredentialFiles(flags.from ?? credentialFolder(env))
    const { isDue, text } = expiryOf(files.get(LOGIN), now())
    await using cluster = await this.runtime.openCluster(targetOf(flags))
    const { client, namespace } = cluster
    const before = await readSecret(client, namespace, signal)
    await applySecret(client, namespace, files, { now: now(), signal, force: flags['force-conflicts'] })
    await this.print(`secret/${NAME} ${changeOf(before, files)}: ${sizes(files)}\n`)
    if (isDue) await this.note(`Warning: the login ${text}`)
  }
}

function changeOf(before: Synced | undefined, files: CredentialFiles): string {
  if (before === undefined) return 'created'
  return [...files].every(([name, content]) => before.files.get(name)?.equals(content)) ? 'unchanged' : 'configured'
}
