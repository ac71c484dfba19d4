import { GcCommand, type HelpGroup } from '../../command.ts'
import { isUsageError, UsageError } from '../../errors/usage.ts'
import * as Flags from '../../flags/define.ts'
import * as Args from '../../flags/define-args.ts'
import { quantityFlag } from '../../flags/quantity.ts'
import { targetOf } from '../../flags/target.ts'
import { carryOutFlags, resetValuesFlag } from '../../install/flags.ts'

export default class ControllerDeploy extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary = 'Run gc itself in the cluster, with the whole folder of a city.'
  static override description =
    'Puts the files of the city into the cluster and starts gc on them, in one pod with a volume of its own. Deployed again, it changes what differs: a file that does replaces the pod, and what no flag says stays as it was. A first deployment that fails is removed again. Credentials (.env), version control and what gc keeps on this machine (.gc) stay behind.'
  static override examples = [
    'kubectl gc controller deploy --image registry.example.com/gc-controller:1.0',
    'kubectl gc controller deploy ~/my-city --namespace team-a --exclude rigs',
    'kubectl gc controller deploy --env GC_K8S_CPU_REQUEST=250m --timeout 10m',
    'kubectl gc controller deploy --dry-run=server',
  ]
  static override args = {
    folder: Args.string({
      ignoreStdin: true,
      description: 'Folder with city.toml (GC_CITY, then the current folder, then those above it).',
    }),
  }
  static override bareValues = { 'dry-run': 'server' }
  static override flags = {
    image: Flags.string({
      helpValue: 'IMAGE',
      summary: 'Image with gc and gc-session-k8s (GC_K8S_CONTROLLER_IMAGE, default gc-controller:latest).',
    }),
    'agent-image': Flags.string({
      helpValue: 'IMAGE',
      summary: "Image of the agents (GC_K8S_IMAGE, then the city's, default gc-agent:latest).",
    }),
    'image-pull-secret': Flags.string({
      helpValue: 'NAME',
      multiple: true,
      multipleNonGreedy: true,
      summary: "Secret with a registry's credentials, for all of these images (GC_K8S_IMAGE_PULL_SECRET).",
    }),
    'session-provider': Flags.string({
      helpValue: 'NAME',
      summary: 'What gc runs sessions with, as GC_SESSION (default exec:gc-session-k8s).',
    }),
    env: Flags.string({
      helpValue: 'KEY=VALUE',
      multiple: true,
      multipleNonGreedy: true,
      summary: "A variable of gc's environment; can be repeated.",
    }),
    exclude: Flags.string({
      helpValue: 'PATTERN',
      multiple: true,
      multipleNonGreedy: true,
      summary: 'What else stays behind: a name, or a path in the folder; * stands for any part of a name.',
    }),
    'cpu-request': quantityFlag({
      helpValue: 'CPU',
      summary: 'CPU to reserve (GC_K8S_CTRL_CPU_REQUEST, default 100m).',
    }),
    'memory-request': quantityFlag({
      helpValue: 'SIZE',
      summary: 'Memory to reserve (GC_K8S_CTRL_MEM_REQUEST, default 256Mi).',
    }),
    'cpu-limit': quantityFlag({
      helpValue: 'CPU',
      summary: 'CPU that gc may use (GC_K8S_CTRL_CPU_LIMIT, default 500m).',
    }),
    'memory-limit': quantityFlag({
      helpValue: 'SIZE',
      summary: 'Memory that gc may use (GC_K8S_CTRL_MEM_LIMIT, default 512Mi).',
    }),
    storage: quantityFlag({ helpValue: 'SIZE', summary: 'Size of its volume (default 1Gi, or what it has).' }),
    'storage-class': Flags.string({
      helpValue: 'NAME',
      summary: "StorageClass of its volume (default the cluster's).",
    }),
    ...resetValuesFlag,
    ...carryOutFlags,
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(ControllerDeploy)
    const { env, stderr, signal } = this.runtime
    const { readCity } = await import('../../city/read.ts')
    const { targetIn } = await import('../../city/open.ts')
    const { readCityFiles } = await import('../../controller/city-files.ts')
    const { controllerSettings } = await import('../../controller/settings.ts')
    const { deployedBefore } = await import('../../controller/before.ts')
    const city = await readCity(await this.folder(args.folder))
    await using cluster = await this.runtime.openCluster(targetIn(city, targetOf(flags), env))
    const { client, namespace } = cluster
    const before = flags['reset-values'] ? undefined : await deployedBefore({ client, namespace, signal })
    const exclude = flags.exclude ?? before?.exclude ?? []
    const files = await readCityFiles(city.root, exclude)
    const settings = controllerSettings(flags, env, before, city)
    for (const note of [...city.notes, ...settings.notes]) await this.note(`Note: ${note}`)
    const { deployController } = await import('../../controller/deploy.ts')
    const voice = { print: (line: string) => this.print(`${line}\n`), note: (line: string) => this.note(line) }
    await deployController({ client, namespace, city, files, exclude, settings, flags, voice, stderr, signal })
  }

  private async folder(given: string | undefined): Promise<string> {
    const { cityFolder } = await import('../../city/find.ts')
    const { env, cwd } = this.runtime
    try {
      return await cityFolder({ city: given, env, cwd })
    } catch (error) {
      if (!isUsageError(error)) throw error
      throw new UsageError(error.message, 'name the folder of your city: kubectl gc controller deploy FOLDER', error)
    }
  }
}
