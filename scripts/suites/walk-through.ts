import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { down, type Lab, LabError, up } from '../lab/index.ts'
import { AGENT_IMAGE, agentCluster, clusterEnvironment } from './cluster.ts'

interface Options {
  context?: string
  installDocker?: boolean
}

/** What the lab's small node can hold; a cluster of yours gets the product's defaults. */
const SMALL = ['--cpu-request', '10m', '--memory-request', '32Mi']

const SESSION = 'mayor'

/** A cluster, Dolt and permissions in it, and one session, then what it shows. */
export async function walkThrough(options: Options): Promise<void> {
  await orExplain(async () => {
    const lab = await agentCluster(options)
    const size = options.context === undefined ? SMALL : []
    await gc(lab, 'install', ...size)
    if (!(await isRunning(lab))) {
      await gc(
        lab,
        'start',
        SESSION,
        '--image',
        AGENT_IMAGE,
        '--command',
        'bash',
        '--nudge',
        'echo "hello from $HOSTNAME"',
        ...size,
      )
    }
    console.log(`\nThe terminal of ${SESSION}:\n\n${await answer(lab, 'peek', SESSION, '--lines', '10')}`)
    console.log(`Try next:

  eval "$(./scripts/env${options.context === undefined ? '' : ` --context ${options.context}`})"
  kubectl gc nudge ${SESSION} 'git --version'
  kubectl gc peek ${SESSION}
  kubectl gc attach ${SESSION}        # C-b d leaves it`)
  })
}

/** Removes what the walk made: in a cluster of yours, the session and what install put there; else the whole lab. */
export async function takeDown({ context }: Options): Promise<void> {
  await orExplain(async () => {
    if (context === undefined) return down({ purge: true })
    const lab = await up({ context })
    await gc(lab, 'stop', SESSION)
    await gc(lab, 'uninstall', '--delete-data')
  })
}

async function isRunning(lab: Lab): Promise<boolean> {
  const { items } = JSON.parse(await answer(lab, 'list', '-o', 'json'))
  type Listed = { metadata: { name: string }; status: { phase: string } }
  return items.some(({ metadata, status }: Listed) => metadata.name === SESSION && status.phase === 'Running')
}

/** `kubectl gc`, seen by the person who runs the walk. */
async function gc(lab: Lab, ...args: string[]): Promise<void> {
  console.error(`$ kubectl gc ${args.join(' ')}`)
  const child = spawn('kubectl', kubectlGc(args), { env: environment(lab), stdio: ['ignore', 'inherit', 'inherit'] })
  const [code] = await once(child, 'close')
  if (code !== 0) process.exit(1)
}

/** What `kubectl gc` prints, for the walk itself; what it says to people shows only when it fails. */
async function answer(lab: Lab, ...args: string[]): Promise<string> {
  try {
    return (await promisify(execFile)('kubectl', kubectlGc(args), { env: environment(lab) })).stdout
  } catch (error) {
    console.error((error as { stderr?: string }).stderr ?? error)
    return process.exit(1)
  }
}

function kubectlGc(args: string[]): string[] {
  return ['gc', '--namespace', 'gc', ...args]
}

function environment(lab: Lab): NodeJS.ProcessEnv {
  return { ...process.env, ...clusterEnvironment(lab) }
}

async function orExplain(action: () => Promise<void>): Promise<void> {
  try {
    await action()
  } catch (error) {
    if (!(error instanceof LabError)) throw error
    console.error(`error: ${error.message}`)
    process.exit(1)
  }
}
