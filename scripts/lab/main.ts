import { parseArgs } from 'node:util'
import { alone } from './alone.ts'
import { down } from './down.ts'
import { environment } from './env.ts'
import { LabError } from './errors.ts'
import { labFolder } from './folder.ts'
import { buildImage, loadImages } from './image.ts'
import { ensurePrograms } from './programs.ts'
import { asProgram } from './recipes.ts'
import { status } from './status.ts'
import { contextFile } from './told.ts'
import { up } from './up.ts'

const usage = `node scripts/lab/main.ts COMMAND [--context NAME]

  up                      gives a cluster that answers: makes it, brings it back, or finds it ready
  down                    deletes it; --purge removes the lab's daemon, images and programs too
  status                  says what there is; exits with 1 when no cluster answers
  kubeconfig              prints the path of the kubeconfig file
  env                     prints shell lines that set PATH and KUBECONFIG
  build-image NAME DIR    builds an image where the cluster can take it from; --build-arg KEY=VALUE
  load IMAGE...           brings images to the cluster
  programs NAME...        sees to it that programs are in the lab's folder (helm, kwok...), and prints that

  --context NAME          uses that context of your kubeconfig, copied to a file of the lab's
  --install-docker        lets up install the Debian packages that it lacks; so does CI in the environment
`

const { values, positionals } = parsed()
const [command, ...operands] = positionals
const { context } = values
const ensureUp = () => up({ installDocker: values['install-docker'], ...(context === undefined ? {} : { context }) })

const commands: Record<string, () => Promise<void>> = {
  up: async () => console.log((await ensureUp()).kubeconfig),
  down: () => down({ purge: values.purge }),
  status: async () => {
    process.exitCode = (await status(context)) ? 0 : 1
  },
  kubeconfig: async () =>
    console.log(context === undefined ? labFolder().kubeconfig : contextFile(labFolder(), context)),
  env: async () => void process.stdout.write(environment(context)),
  load: async () => loadImages(await ensureUp(), operands),
  programs: () =>
    alone(async (folder, progress) => {
      await ensurePrograms(folder, progress, operands.map(asProgram))
      console.log(folder.programs)
    }),
  'build-image': async () => {
    const [name, directory] = operands
    if (name === undefined || directory === undefined) throw new LabError('Say what to build: build-image NAME DIR')
    const args = values['build-arg'].map(buildArgument)
    await buildImage(await ensureUp(), name, directory, Object.fromEntries(args))
  },
}

const run = !values.help && command !== undefined && Object.hasOwn(commands, command) ? commands[command] : undefined
if (run) {
  await run().catch((error: unknown) => {
    console.error(error instanceof LabError ? error.message : error)
    process.exitCode = 1
  })
} else {
  console.error(usage)
  process.exitCode = values.help ? 0 : 2
}

function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        context: { type: 'string' },
        'install-docker': { type: 'boolean', default: false },
        purge: { type: 'boolean', default: false },
        'build-arg': { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`)
    process.exit(2)
  }
}

/** KEY=VALUE, or as docker has it KEY alone, whose value is that of the environment. */
function buildArgument(argument: string): [string, string] {
  const [key = '', value = process.env[key] ?? ''] = argument.split(/=(.*)/s, 2)
  return [key, value]
}
