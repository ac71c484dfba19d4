import { GcCommand, type HelpGroup } from '../command.ts'
import { UsageError } from '../errors/usage.ts'
import * as Flags from '../flags/define.ts'
import * as Args from '../flags/define-args.ts'
import { chosen } from '../render/chosen.ts'
import { valuesFlags } from '../render/flags.ts'
import { valuesOf } from '../render/values.ts'
import { orSayWhichValue } from '../render/values-refused.ts'
import { writeFiles } from '../render/write-files.ts'

const forms = ['yaml', 'kustomize', 'helm'] as const

export default class Render extends GcCommand {
  static override group: HelpGroup = 'Cluster'
  static override summary = 'Write the manifests of a bundle as YAML, as a Kustomize base, or as a Helm chart.'
  static override description =
    "Bundles are sessions, operator, dispatcher, gitlab-copilot-agent, dojo and agentsmith. No server is asked, and without --namespace it is the bundle's own. A value given by --set goes before one of --values, and that before the overlay's; each --set gives one value, and takes its text for what the bundle has there."
  static override examples = [
    'kubectl gc render sessions --set dolt.storage=50Gi | kubectl apply -f -',
    'kubectl gc render sessions --output helm --out charts/sessions',
    'kubectl gc render agentsmith --overlay prod --values values.yaml --output kustomize --out deploy',
  ]
  static override args = {
    bundle: Args.string({ required: true, ignoreStdin: true, description: 'The bundle.' }),
  }
  static override flags = {
    output: Flags.option({
      char: 'o',
      helpValue: 'FORM',
      options: forms,
      default: 'yaml' as const,
      summary: 'One of yaml, kustomize, helm (default yaml).',
    })(),
    ...valuesFlags,
    out: Flags.string({ helpValue: 'DIR', summary: 'Folder to write the files to; made where there is none.' }),
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Render)
    const { bundles, objectsOf, render, toYaml } = await import('@kubectl-gc/manifests')
    const bundle = chosen('bundle', bundles, args.bundle)
    const { namespace, output, out } = flags
    if (out === undefined && output !== 'yaml') {
      const what = output === 'helm' ? 'a chart' : 'a Kustomize base'
      throw new UsageError(`${what} is several files`, `kubectl gc render ${bundle.name} --output ${output} --out DIR`)
    }
    await orSayWhichValue(bundle.name, async () => {
      const values = await valuesOf(bundle, flags, this.runtime)
      if (out === undefined) return this.print(toYaml(objectsOf(bundle, values, { namespace })))
      const paths = await writeFiles(out, render(bundle, output, values, { namespace }))
      await this.print(paths.map((path) => `${path}\n`).join(''))
    })
  }
}
