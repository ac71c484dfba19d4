import { alone } from './alone.ts'
import { buildCluster } from './built.ts'
import { createCluster, recoverCluster } from './cluster.ts'
import { startDaemon } from './daemon.ts'
import { LabError } from './errors.ts'
import type { Folder } from './folder.ts'
import { ensureInstalled } from './install.ts'
import { kindLab, type Lab, labShell } from './lab.ts'
import { chooseMode } from './mode.ts'
import { dockerProbes } from './probes.ts'
import { ensurePrograms } from './programs.ts'
import type { Progress } from './progress.ts'
import { apiReady } from './ready.ts'
import type { Program } from './recipes.ts'
import { Shell } from './shell.ts'
import { forgetState, type OwnMode, readState, writeState } from './state.ts'
import { useContext } from './told.ts'
import { publicNodeImage } from './versions.ts'

export interface UpOptions {
  /** A context of the user's kubeconfig to use as it is; without one the lab makes a cluster of its own. */
  context?: string
  /** Whether the Debian packages that the lab lacks may be installed; they may as well when CI is set. */
  installDocker?: boolean
}

/**
 * Gives a cluster that answers: the one named, or the lab's own, which is made, brought back or used as it is.
 * One call at a time: another waits for the first and then finds everything there.
 * @throws {LabError} what is missing or wrong, and what to do about it
 */
export async function up(options: UpOptions = {}): Promise<Lab> {
  const { context, installDocker = false } = options
  return alone(async (folder, progress) => {
    if (context !== undefined) return useContext(folder, progress, context)
    const mode = await readState(folder)
    if (mode) {
      await ensurePrograms(folder, progress, [])
      if (await comesBack(folder, progress, mode)) return kindLab(folder, mode)
      progress.say('Deleting the cluster and making a new one; what was on it is lost.')
    }
    return make(folder, progress, mode, installDocker)
  })
}

async function comesBack(folder: Folder, progress: Progress, mode: OwnMode): Promise<boolean> {
  const inMode = (shell: Shell) => labShell(shell, folder, mode)
  if (await apiReady(inMode(new Shell()), folder.kubeconfig)) return true
  return progress.step('recovery', async (shell) => {
    if (mode === 'built') await startDaemon(folder, inMode(shell))
    else if (!(await shell.succeeds('docker', ['info']))) {
      throw new LabError('The docker daemon that the cluster was made with does not answer. Start it and try again.')
    }
    return recoverCluster(inMode(shell), folder, progress)
  })
}

async function make(folder: Folder, progress: Progress, known: OwnMode | undefined, installs: boolean): Promise<Lab> {
  await forgetState(folder)
  const mode = known ?? (await chooseMode(dockerProbes(new Shell())))
  if (mode === 'built') {
    await ensureInstalled(progress, installs)
    await buildCluster(folder, progress)
  } else {
    await ensurePrograms(folder, progress, await lacking(['kind', 'kubectl']))
    await progress.step('cluster', (shell) =>
      createCluster(labShell(shell, folder, mode), folder, { image: publicNodeImage }),
    )
  }
  await writeState(folder, mode)
  return kindLab(folder, mode)
}

async function lacking(programs: readonly Program[]): Promise<Program[]> {
  const shell = new Shell()
  const found = await Promise.all(programs.map((name) => shell.succeeds('sh', ['-c', `command -v ${name}`])))
  return programs.filter((_, index) => !found[index])
}
