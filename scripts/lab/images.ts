import { createHash } from 'node:crypto'
import { readdir, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Folder } from './folder.ts'
import type { Program } from './recipes.ts'
import type { Shell } from './shell.ts'
import { builtNodeImage, debianImage, debianRelease, kubernetesVersion } from './versions.ts'

/** An image that the lab makes, from a folder of images/ and programs of the lab. */
export interface ImageRecipe {
  /** The public names that it gets; the first one is looked at to see whether it is there. */
  names: readonly string[]
  context: string
  programs: readonly Program[]
  target?: string
  args?: Record<string, string>
  /** Whether the files that kind lays into every node belong to the context, as kind-files/. */
  kindFiles?: boolean
}

const kubernetesImages = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy'].map(
  (name) => `registry.k8s.io/${name}:${kubernetesVersion}`,
)

/** What the node's own pods run, under the names that kubeadm of this version asks for. */
export const systemImages: readonly ImageRecipe[] = [
  { names: kubernetesImages, context: 'control-plane', programs: ['kube'], target: 'control-plane' },
  { names: ['registry.k8s.io/pause:3.10'], context: 'control-plane', programs: [], target: 'pause' },
  { names: ['registry.k8s.io/etcd:3.6.5-0'], context: 'etcd', programs: ['etcd'] },
  { names: ['registry.k8s.io/coredns/coredns:v1.12.1'], context: 'coredns', programs: ['coredns'] },
  {
    names: ['local-path-provisioner:lab'],
    context: 'local-path-provisioner',
    programs: ['local-path-provisioner'],
  },
]

/** Stand-ins for the public images that the project's own manifests name. */
export const standIns: readonly ImageRecipe[] = [
  { names: ['dolthub/dolt:latest', 'dolthub/dolt-sql-server:latest'], context: 'dolt', programs: ['dolt'] },
  { names: ['redis:7-alpine'], context: 'redis', programs: [] },
]

export const nodeImage: ImageRecipe = {
  names: [builtNodeImage],
  context: 'node',
  programs: ['kube', 'kubectl', 'runc'],
  args: { KUBERNETES_VERSION: kubernetesVersion },
  kindFiles: true,
}

const contexts = join(import.meta.dirname, 'images')
const label = 'io.kubectl-gc.lab.inputs'

/**
 * Builds an image, unless it was built from the same inputs before.
 * @param docker a shell of the lab's own daemon: public names are never given to images of a user's
 */
export async function buildRecipe(docker: Shell, folder: Folder, recipe: ImageRecipe): Promise<void> {
  const inputs = await inputsOf(folder, recipe)
  const format = `{{index .Config.Labels "${label}"}}`
  const [name = '', ...aliases] = recipe.names
  const built = await docker.run('docker', ['image', 'inspect', '--format', format, name]).catch(() => '')
  if (built.trim() !== inputs) {
    const flags = Object.entries(recipe.args ?? {}).flatMap(([key, value]) => ['--build-arg', `${key}=${value}`])
    if (recipe.target) flags.push('--target', recipe.target)
    flags.push('--network', 'host', '--label', `${label}=${inputs}`, '--tag', name)
    await docker.pipe(['tar', ...(await contextTar(folder, recipe))], ['docker', 'build', ...flags, '-'])
  }
  for (const alias of aliases) await docker.run('docker', ['tag', name, alias])
}

/** Arguments with which tar writes a build context: the image's own folder, the programs, and kind's files. */
async function contextTar(folder: Folder, recipe: ImageRecipe): Promise<string[]> {
  const own = join(contexts, recipe.context)
  const modes = ['--owner=0', '--group=0', '--mode=u+rw,go+r,a+X']
  const programs = recipe.programs.length > 0 ? ['-C', folder.programs, ...recipe.programs] : []
  const kindFiles = recipe.kindFiles ? ['-C', folder.root, 'kind-files'] : []
  return ['-ch', ...modes, '-C', own, ...(await readdir(own)), ...programs, ...kindFiles]
}

/** A digest of everything that the image is made of, programs by size and time of change. */
async function inputsOf(folder: Folder, recipe: ImageRecipe): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(recipe))
  const own = join(contexts, recipe.context)
  for (const entry of await readdir(own, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) hash.update(entry.name).update(await readFile(join(entry.parentPath, entry.name)))
  }
  for (const program of recipe.programs) {
    const { size, mtimeMs } = await stat(join(folder.programs, program))
    hash.update(`${program} ${size} ${mtimeMs}`)
  }
  return hash.digest('hex').slice(0, 16)
}

/** Writes the root file system of every other image's base, a small Debian from its packages, as a tar archive. */
export async function makeDebian(shell: Shell, archive: string): Promise<void> {
  const fresh = `${archive}.new`
  const unread = ['doc', 'info', 'lintian', 'locale', 'man'].map((name) => `/usr/share/${name}`)
  const dpkg = ['force-unsafe-io', ...unread.map((path) => `path-exclude=${path}/*`)]
  const apt = ['Dir::Cache::pkgcache ""', 'Dir::Cache::srcpkgcache ""', 'Acquire::Languages "none"']
  const hooks = [
    `cd "$1" && rm -rf ${unread.map((path) => `.${path}/*`).join(' ')}`,
    `echo 'APT::Keep-Downloaded-Packages "false";' > "$1/etc/apt/apt.conf.d/keep-nothing"`,
  ]
  await shell.run('mmdebstrap', [
    ...['--mode=root', '--variant=minbase', '--include=usr-is-merged'],
    '--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr',
    ...dpkg.map((option) => `--dpkgopt=${option}`),
    ...apt.map((option) => `--aptopt=${option}`),
    ...hooks.map((hook) => `--customize-hook=${hook}`),
    ...['--format=tar', debianRelease, fresh],
  ])
  await rename(fresh, archive)
}

/** Whether the image is in the daemon. */
export function hasImage(docker: Shell, name: string): Promise<boolean> {
  return docker.succeeds('docker', ['image', 'inspect', name])
}

/** Names a root file system in a tar archive as the base image. */
export async function importDebian(docker: Shell, tar: string): Promise<void> {
  await docker.run('docker', ['import', '--change', 'CMD ["bash"]', tar, debianImage])
}
