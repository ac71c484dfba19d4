import { resolve } from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import { Opened } from '../cluster/opened.ts'
import { GcCommand, type HelpGroup } from '../command.ts'
import * as Flags from '../flags/define.ts'
import { type GlobalFlagValues, targetOf } from '../flags/target.ts'
import type { Parts } from '../report/make-report.ts'
import type { Source } from '../report/part.ts'
import type { KnownSecrets } from '../report/redact/known.ts'
import type { Cluster, Sessions } from '../runtime.ts'

export default class Report extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary = 'Write what helps to find a fault into one archive, without secrets.'
  static override description =
    "Versions, the doctor's findings, sessions, pods, events, the ends of logs, the kubeconfig's outline and the brokers. What cannot be had is named in the archive. Look through it before you give it to anybody."
  static override examples = [
    'kubectl gc report',
    'kubectl gc report --output /tmp/report.tar.gz --tail 200',
    'kubectl gc report --namespace team-a --output - | tar --list --gzip',
  ]
  static override flags = {
    output: Flags.string({
      char: 'o',
      helpValue: 'FILE',
      summary: 'Where to write it; - is standard output (default gc-report-TIME.tar.gz in the current folder).',
    }),
    tail: Flags.integer({ helpValue: 'LINES', min: 0, default: 1000, summary: 'Lines of each log (default 1000).' }),
  }

  async run(): Promise<undefined> {
    const { flags } = await this.parse(Report)
    const { now, signal, cwd } = this.runtime
    const time = now()
    const { KnownSecrets } = await import('../report/redact/known.ts')
    const { makeReport } = await import('../report/make-report.ts')
    const { archiveOf } = await import('../report/archive.ts')
    const known = new KnownSecrets()
    const missing: string[] = []
    await using pool = new Opened()
    const parts = await this.parts(flags, { known, missing, pool })
    const report = await makeReport(parts, { known, missing, now: time, signal })
    const archive = await archiveOf(report.files, time)
    if (report.missing.length > 0) await this.note(`${report.missing.length} parts are missing: see README.txt in it`)
    if (flags.output === '-') return void (await this.print(archive))
    const name = flags.output ?? `gc-report-${time.toISOString().replace(/[-:]|\.\d+/g, '')}.tar.gz`
    const { writePrivately } = await import('../report/write.ts')
    await writePrivately(resolve(cwd, name), archive, signal)
    await this.print(`${name} written: ${report.files.length} files, ${Math.ceil(archive.length / 1024)} KiB\n`)
  }

  /** What is asked of the cluster needs a kubeconfig that can be used; all else is there without. */
  private async parts(
    flags: GlobalFlagValues & { tail: number },
    { known, missing, pool }: { known: KnownSecrets; missing: string[]; pool: Opened },
  ): Promise<Parts> {
    const { env, cwd, now, signal, openCluster, openSessions } = this.runtime
    const target = targetOf(flags)
    const { clientOptions } = await import('../cluster/open-cluster.ts')
    const { environmentOf, rememberCredentials } = await import('../report/parts/environment.ts')
    const { kubeconfigFiles } = await import('../report/parts/kubeconfig.ts')
    const { runningBrokers } = await import('@kubectl-gc/session-provider/broker')
    await rememberCredentials(env, known)
    const local: Parts = {
      versions: async () => ({ 'versions.json': versions() }),
      environment: async () => ({ 'environment.json': environmentOf(env, known) }),
      kubeconfig: async () => ({
        'kubeconfig.json': await kubeconfigFiles({ ...clientOptions(target, env), env }, known),
      }),
      brokers: async () => ({ 'brokers.json': (await runningBrokers(env)).map(({ status }) => status) }),
    }
    let cluster: Cluster
    try {
      cluster = pool.use(await openCluster(target))
    } catch (error) {
      signal.throwIfAborted()
      const fail = () => Promise.reject(error)
      return { ...local, cluster: fail }
    }
    const { objectParts, secretsPart } = await import('../report/parts/objects.ts')
    const { redactObject } = await import('../report/redact/object.ts')
    const { logsPart } = await import('../report/parts/logs.ts')
    const { examine } = await import('../doctor/examine.ts')
    let opened: Promise<Sessions> | undefined
    const sessions = () => {
      opened ??= openSessions(target).then((one) => pool.use(one))
      return opened
    }
    const leftOut = (what: string) => void missing.push(what)
    const source: Source = { env, now, cluster, known, signal, tail: flags.tail, leftOut }
    const inCluster = Object.entries({ ...objectParts, secrets: secretsPart, logs: logsPart })
    return {
      ...local,
      doctor: async () => {
        const checks = await examine({ env, cwd, now, signal, cluster, sessions, image: undefined })
        return { 'doctor.json': { checks } }
      },
      sessions: async () => {
        const infos = await (await sessions()).provider.list({ signal })
        return { 'sessions.json': redactObject(infos, known) }
      },
      ...Object.fromEntries(inCluster.map(([name, part]) => [name, () => part(source)])),
    }
  }
}

function versions(): object {
  const { versions: own, platform, arch } = process
  return { client: manifest.version, node: own.node, openssl: own.openssl, platform: `${platform}/${arch}` }
}
