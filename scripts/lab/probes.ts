import { spawn } from 'node:child_process'
import type { Probes } from './mode.ts'
import type { Shell } from './shell.ts'
import { publicNodeImage } from './versions.ts'

/** How long one pull of the node image may take to answer. */
const pullAnswersWithin = 10_000

/** Asks the user's own docker daemon, and the registry behind it. */
export function dockerProbes(shell: Shell): Probes {
  return {
    docker: () => shell.succeeds('docker', ['info'], { timeout: 5000 }),
    nodeImage: async () =>
      (await shell.succeeds('docker', ['image', 'inspect', publicNodeImage])) || pullAnswers(publicNodeImage),
  }
}

/** Whether a pull gets as far as the image's layers in time; the pull is then left to kind, which shows its progress. */
function pullAnswers(image: string): Promise<boolean> {
  const pull = spawn('docker', ['pull', image], { stdio: ['ignore', 'pipe', 'ignore'] })
  return new Promise((resolve) => {
    const timer = setTimeout(() => pull.kill('SIGKILL'), pullAnswersWithin)
    let printed = ''
    pull.stdout.on('data', (chunk: Buffer) => {
      printed += chunk
      if (!/Pulling fs layer|Already exists|Status: /.test(printed)) return
      resolve(true)
      pull.kill()
    })
    pull.on('error', () => resolve(false))
    pull.on('close', (code) => {
      clearTimeout(timer)
      resolve(code === 0)
    })
  })
}
