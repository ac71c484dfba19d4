import { GcCommand } from '../command.ts'
import { download } from '../copy/download.ts'
import { type Place, parsePlace } from '../copy/place.ts'
import { upload } from '../copy/upload.ts'
import { UsageError } from '../errors/usage.ts'
import * as Args from '../flags/define-args.ts'
import { startProgress } from '../output/progress.ts'
import { size } from '../output/size.ts'
import type { Sessions } from '../runtime.ts'
import { sessionName } from '../session-name.ts'

const example = 'kubectl gc cp mayor:/path/in/session ./here'

export default class Cp extends GcCommand {
  static override summary = 'Copy files and folders into and out of a session.'
  static override description =
    'One of both is SESSION:PATH. A path of the session that is not absolute is below its workspace. A file that is copied to a folder keeps its name. Needs tar in the image.'
  static override examples = [
    'kubectl gc cp mayor:report.md ./report.md',
    'kubectl gc cp ./docs mayor:/workspace/docs --namespace team-a',
    'kubectl gc cp mayor:/workspace/out ./out',
  ]
  static override args = {
    source: Args.string({ required: true, ignoreStdin: true, description: 'What is copied.' }),
    target: Args.string({ required: true, ignoreStdin: true, description: 'Where to.' }),
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Cp)
    const [source, target] = [parsePlace(args.source), parsePlace(args.target)]
    if ((source.session === undefined) === (target.session === undefined)) {
      throw new UsageError('one of source and target must be SESSION:PATH, and the other a path here', example)
    }
    const name = sessionName(source.session ?? target.session ?? '')
    await using sessions = await this.sessions(flags)
    await this.copy(sessions, name, source, target)
  }

  private async copy({ provider }: Sessions, name: string, source: Place, target: Place): Promise<void> {
    const { signal, stderr } = this.runtime
    using progress = startProgress(stderr)
    const onProgress = (bytes: number) => progress.step(`copying ${source.path}: ${size(bytes)}`)
    const options = { signal, onProgress }
    if (target.session === undefined) await download(provider, name, source.path, target.path, options)
    else await upload(provider, source.path, name, target.path, options)
  }
}
