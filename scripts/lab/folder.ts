import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where the lab keeps what it makes. One folder serves every checkout of a user. */
export interface Folder {
  root: string
  /** Programs that the lab runs or puts into images: kubectl, kind, kube, dolt... */
  programs: string
  /** How to reach the cluster that the lab made; never the user's own file. */
  kubeconfig: string
  /** Kubeconfigs of the contexts that the lab was told to use, one file each. */
  contexts: string
  state: string
  logs: string
  /** Image archives that the node imports when it first boots. */
  images: string
  /** The data root of the docker daemon that the lab starts. */
  docker: string
  /** Its sockets, pid files and everything else that need not outlive a boot. */
  run: string
  /** Eight hex digits that stand for this folder where a path does not fit. */
  id: string
}

/**
 * The lab's folder: KUBECTL_GC_LAB_DIR, or kubectl-gc/lab in XDG_CACHE_HOME (~/.cache by default).
 * Sockets live in /run, because a socket's path has at most 108 bytes.
 */
export function labFolder(env: NodeJS.ProcessEnv = process.env): Folder {
  const root = resolve(
    env.KUBECTL_GC_LAB_DIR || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kubectl-gc', 'lab'),
  )
  const id = createHash('sha256').update(root).digest('hex').slice(0, 8)
  return {
    root,
    programs: join(root, 'programs'),
    kubeconfig: join(root, 'kubeconfig'),
    contexts: join(root, 'contexts'),
    state: join(root, 'state.json'),
    logs: join(root, 'logs'),
    images: join(root, 'images'),
    docker: join(root, 'docker'),
    run: `/run/kubectl-gc-lab-${id}`,
    id,
  }
}
