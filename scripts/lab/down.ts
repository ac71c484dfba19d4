import { readFile, rm } from 'node:fs/promises'
import { alone } from './alone.ts'
import { deleteCluster } from './cluster.ts'
import { daemonAnswers, startDaemon, stopDaemon } from './daemon.ts'
import type { Folder } from './folder.ts'
import { labShell } from './lab.ts'
import { exists } from './programs.ts'
import type { Shell } from './shell.ts'
import { forgetState, readState } from './state.ts'

export interface DownOptions {
  /** Also ends the lab's daemon and removes its folder, with every image and program in it. */
  purge?: boolean
}

/** Deletes the lab's own cluster; what is not there is no failure. A context that the lab was told to use is left alone. */
export async function down({ purge = false }: DownOptions = {}): Promise<void> {
  await alone(async (folder, progress) => {
    const mode = (await readState(folder)) ?? ((await exists(folder.docker)) ? 'built' : 'public')
    await progress.step('delete the cluster', async (plain) => {
      const shell = labShell(plain, folder, mode)
      if (mode === 'built' && !purge) await startDaemon(folder, shell)
      const answers = mode === 'built' ? await daemonAnswers(folder) : await shell.succeeds('docker', ['info'])
      if (answers && (await shell.succeeds('kind', ['version']))) await deleteCluster(shell, folder)
      await forgetState(folder)
    })
    if (purge) await progress.step('remove the lab', (shell) => remove(folder, labShell(shell, folder, 'built')))
  })
}

async function remove(folder: Folder, shell: Shell): Promise<void> {
  await stopDaemon(folder, shell)
  const mounts = await readFile('/proc/self/mountinfo', 'utf8')
  const paths = mounts.split('\n').map((line) => line.split(' ')[4] ?? '')
  for (const path of paths.reverse()) {
    if ([folder.root, folder.run].some((own) => path.startsWith(`${own}/`))) await shell.run('umount', ['-l', path])
  }
  await rm(folder.run, { recursive: true, force: true })
  await shell.run('rm', ['-rf', '--one-file-system', folder.root])
}
