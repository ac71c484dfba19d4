import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandFailed, LabError } from './errors.ts'
import type { Folder } from './folder.ts'
import { type Lab, labShell } from './lab.ts'
import type { Progress } from './progress.ts'
import { apiReady } from './ready.ts'

/** The file that holds a told context's kubeconfig; another for each context, whatever characters its name has. */
export function contextFile(folder: Folder, context: string): string {
  return join(folder.contexts, `${encodeURIComponent(context)}.kubeconfig`)
}

/**
 * Uses a cluster that exists: copies one context of the user's kubeconfig to a file of the lab's, the only one in it.
 * @throws {LabError} no such context, or its API server does not answer
 */
export async function useContext(folder: Folder, progress: Progress, context: string): Promise<Lab> {
  const kubeconfig = contextFile(folder, context)
  await progress.step(`context ${context}`, async (plain) => {
    const shell = labShell(plain, folder, 'context')
    const view = ['config', 'view', '--minify', '--flatten', '--raw', '--context', context]
    const copied = await shell.run('kubectl', view).catch((cause: unknown) => {
      if (!(cause instanceof CommandFailed) || !cause.output.includes('cannot locate context')) throw cause
      throw new LabError(`The kubeconfig has no context ${context}. List those it has: kubectl config get-contexts`, {
        cause,
      })
    })
    await mkdir(folder.contexts, { recursive: true, mode: 0o700 })
    await writeFile(kubeconfig, copied, { mode: 0o600 })
    if (await apiReady(shell, kubeconfig)) return
    throw new LabError(
      `The API server of the context ${context} does not answer. Try: kubectl --context ${context} get --raw /readyz`,
    )
  })
  return { mode: 'context', kubeconfig, context, programsDir: folder.programs }
}
