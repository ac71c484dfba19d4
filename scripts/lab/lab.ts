import { dockerHost } from './daemon.ts'
import type { Folder } from './folder.ts'
import type { Mode } from './mode.ts'
import type { Shell } from './shell.ts'
import { clusterName } from './versions.ts'

/** A cluster that answers, and how to reach it. */
export interface Lab {
  mode: Mode
  /** A kubeconfig file of the lab's own, with one context. */
  kubeconfig: string
  /** That context's name. */
  context: string
  /** The folder of kubectl, kind, dolt and the other programs; it holds those that were needed so far. */
  programsDir: string
  /** The daemon that `buildImage` uses; undefined is the user's own. */
  dockerHost?: string
}

/** The lab whose cluster kind made in a mode. */
export function kindLab(folder: Folder, mode: Exclude<Mode, 'context'>): Lab {
  return {
    mode,
    kubeconfig: folder.kubeconfig,
    context: `kind-${clusterName}`,
    programsDir: folder.programs,
    ...(mode === 'built' ? { dockerHost: dockerHost(folder) } : {}),
  }
}

/** A shell with the lab's programs first on PATH, and docker and kind on the lab's daemon. */
export function labShell(shell: Shell, folder: Folder, mode: Mode): Shell {
  const path = shell.with({ PATH: `${folder.programs}:${process.env.PATH ?? ''}:/usr/sbin:/sbin` })
  if (mode !== 'built') return path
  // Every docker has the classic builder; a newer one may lack the plugin of the other.
  return path.with({ DOCKER_HOST: dockerHost(folder), DOCKER_BUILDKIT: '0', KIND_EXPERIMENTAL_PROVIDER: 'docker' })
}
