import { GcCommand, type HelpGroup } from '../../command.ts'
import { UsageError } from '../../errors/usage.ts'
import { targetOf } from '../../flags/target.ts'
import { age } from '../../output/age.ts'
import { fields } from '../../output/describe.ts'
import { expiryOf } from '../../secrets/expiry.ts'
import { type CredentialFiles, credentialFolder, LOGIN, readCredentialFiles, sizes } from '../../secrets/files.ts'
import { fromFlag } from '../../secrets/flags.ts'
import { NAME, readSecret } from '../../secrets/secret.ts'

export default class SecretsStatus extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary = 'Show how old the agent credentials in the cluster are, and when they expire.'
  static override description = "Says too whether this machine's are others by now. No content is ever printed."
  static override examples = ['kubectl gc secrets status', 'kubectl gc secrets status --namespace team-a']
  static override flags = { from: fromFlag }

  async run(): Promise<undefined> {
    const { flags } = await this.parse(SecretsStatus)
    const { signal, now, env } = this.runtime
    await using cluster = await this.runtime.openCluster(targetOf(flags))
    const { client, namespace } = cluster
    const synced = await readSecret(client, namespace, signal)
    if (synced === undefined) {
      throw new UsageError(
        `namespace ${namespace} has no secret/${NAME}`,
        `kubectl gc secrets sync --namespace ${namespace}`,
      )
    }
    const { isDue, text } = expiryOf(synced.files.get(LOGIN), now())
    await this.print(
      fields([
        ['Secret', NAME],
        ['Namespace', namespace],
        ['Files', sizes(synced.files) || '<none>'],
        ['Synced', synced.at === undefined ? '<unknown>' : `${age(synced.at, now())} ago`],
        ['Login', synced.files.has(LOGIN) ? text : `<none>: ${LOGIN} is not in it`],
        ['This machine', await compared(synced.files, flags.from ?? credentialFolder(env))],
      ]),
    )
    if (isDue) await this.note(`Warning: the login ${text}`)
  }
}

/** How a folder of this machine compares with what is in the cluster. */
async function compared(inCluster: CredentialFiles, folder: string): Promise<string> {
  try {
    const here = await readCredentialFiles(folder)
    const others = [...here].filter(([name, content]) => !inCluster.get(name)?.equals(content)).map(([name]) => name)
    return others.length === 0 ? 'the same' : `${others.join(', ')} differ${others.length === 1 ? 's' : ''}`
  } catch (error) {
    return `cannot be compared: ${(error as Error).message}`
  }
}
