import { labFolder } from './folder.ts'
import { type Lab, labShell } from './lab.ts'
import { loadInto } from './load.ts'
import { Progress } from './progress.ts'

/**
 * Builds an image from a folder with a Dockerfile, in the daemon that belongs to the lab (the user's, unless the lab
 * started one).
 * @param buildArgs values of the Dockerfile's ARGs
 * @throws {CommandFailed} docker's own words about what failed
 */
export async function buildImage(
  lab: Lab,
  name: string,
  directory: string,
  buildArgs: Record<string, string> = {},
): Promise<void> {
  const folder = labFolder()
  const args = Object.entries(buildArgs).flatMap(([key, value]) => ['--build-arg', `${key}=${value}`])
  await new Progress(folder.logs).step(`build ${name}`, (shell) =>
    labShell(shell, folder, lab.mode).run('docker', ['build', '--network', 'host', '-t', name, ...args, directory]),
  )
}

/**
 * Brings images to the lab's cluster, skipping those that it has.
 * @throws {LabError} the cluster is one that no local image can be brought to
 */
export async function loadImages(lab: Lab, images: readonly string[]): Promise<void> {
  const folder = labFolder()
  await new Progress(folder.logs).step(`load ${images.join(' ')}`, (shell) =>
    loadInto(labShell(shell, folder, lab.mode), lab, images),
  )
}
