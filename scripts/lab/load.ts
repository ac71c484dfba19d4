import { LabError } from './errors.ts'
import type { Lab } from './lab.ts'
import type { Shell } from './shell.ts'
import { clusterName, nodeName } from './versions.ts'

/** The registry inside the node that the lab builds, as the node reaches it. */
const nodeRegistry = '127.0.0.1:5000'
const pushed = 'io.kubectl-gc.lab.pushed=true'

/**
 * Brings images of the docker daemon to the cluster, so that pods find them, with `imagePullPolicy: Always` too
 * when the lab built the cluster. Images that are there already are skipped.
 * @param docker a shell of the daemon that holds the images
 * @throws {LabError} the cluster is one that no local image can be brought to
 */
export async function loadInto(docker: Shell, lab: Lab, images: readonly string[]): Promise<void> {
  if (lab.mode === 'built') return loadIntoNode(docker, images)
  const cluster = lab.mode === 'public' ? clusterName : kindClusterOf(lab.context)
  if (cluster === undefined) {
    throw new LabError(
      `The context ${lab.context} is no kind cluster, so ${images.join(', ')} cannot be loaded into it. Push it to a registry that the cluster reaches and pass that name with --image.`,
    )
  }
  await docker.run('kind', ['load', 'docker-image', '--name', cluster, ...images])
}

/** The kind cluster that a context of kind's naming stands for. */
export function kindClusterOf(context: string): string | undefined {
  return /^kind-(.+)$/.exec(context)?.[1]
}

/** An image's full name, as containerd keeps it: with registry, path and tag. */
export function fullName(image: string): string {
  const [first = '', ...rest] = image.split('/')
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  const named = hasHost ? image : `docker.io/${rest.length > 0 ? '' : 'library/'}${image}`
  return /[:@][^/]*$/.test(named) ? named : `${named}:latest`
}

async function loadIntoNode(docker: Shell, images: readonly string[]): Promise<void> {
  const missing: string[] = []
  for (const image of images) {
    const id = await docker.run('docker', ['image', 'inspect', '--format', '{{.Id}}', image])
    if (!(await nodeHas(docker, fullName(image), id.trim()))) missing.push(image)
  }
  if (missing.length === 0) return
  await docker.pipe(['docker', 'save', ...missing], ['docker', 'exec', '-i', nodeName, ...ctr('import', '-')])
  for (const name of missing.map(fullName)) {
    const target = `${nodeRegistry}${name.slice(name.indexOf('/'))}`
    await docker.run('docker', ['exec', nodeName, ...ctr('push', '--plain-http', target, name)])
    await docker.run('docker', ['exec', nodeName, ...ctr('label', name, pushed)])
  }
}

/** Whether containerd knows the name and the id as one image that was pushed to the registry. */
async function nodeHas(docker: Shell, name: string, id: string): Promise<boolean> {
  const list = await docker.run('docker', ['exec', nodeName, ...ctr('ls', `name==${name}`, `name==${id}`)])
  const rows = list.split('\n').map((line) => line.split(/\s+/))
  const [named, identified] = [name, id].map((ref) => rows.find(([first]) => first === ref))
  return named?.[2] !== undefined && named[2] === identified?.[2] && named.join(' ').includes(pushed)
}

function ctr(...args: string[]): [string, ...string[]] {
  return ['ctr', '--namespace', 'k8s.io', 'images', ...args]
}
