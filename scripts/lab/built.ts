import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createCluster } from './cluster.ts'
import { startDaemon } from './daemon.ts'
import type { Folder } from './folder.ts'
import { buildRecipe, hasImage, importDebian, makeDebian, nodeImage, standIns, systemImages } from './images.ts'
import { kindLab, labShell } from './lab.ts'
import { loadInto } from './load.ts'
import { ensurePrograms, exists } from './programs.ts'
import type { Progress } from './progress.ts'
import { copyKindFiles, type Program } from './recipes.ts'
import type { Shell } from './shell.ts'
import { builtNodeImage, debianImage } from './versions.ts'

const needed: readonly Program[] = [
  'kube',
  'kubectl',
  'runc',
  'etcd',
  'coredns',
  'local-path-provisioner',
  'kind',
  'dolt',
]

/** Makes every image from Debian packages and Go programs, then the cluster, with as much at once as two cores bear. */
export async function buildCluster(folder: Folder, progress: Progress): Promise<void> {
  const step = <T>(name: string, work: (shell: Shell) => Promise<T>) =>
    progress.step(name, (shell) => work(labShell(shell, folder, 'built')))

  const programs = ensurePrograms(folder, progress, needed)
  const kindFiles = step('kind files', (shell) => ensureKindFiles(shell, folder))
  const daemon = programs.then(() => step('docker daemon', (shell) => startDaemon(folder, shell)))
  const files = step('debian files', (shell) => ensureDebianFiles(shell, folder))
  const debian = Promise.all([daemon, files]).then(() => step('debian image', (shell) => ensureDebian(shell, folder)))
  const node = Promise.all([debian, kindFiles]).then(() =>
    step('node image', (shell) => buildRecipe(shell, folder, nodeImage)),
  )
  const system = debian.then(() => step('system images', (shell) => ensureSystemArchive(shell, folder)))
  const stands = system.then(() =>
    step('stand-in images', async (shell) => {
      for (const recipe of standIns) await buildRecipe(shell, folder, recipe)
    }),
  )
  const cluster = Promise.all([node, system]).then(() =>
    step('cluster', (shell) => createCluster(shell, folder, { image: builtNodeImage, images: folder.images })),
  )
  const loaded = Promise.all([cluster, stands]).then(() =>
    step('load stand-ins', (shell) => loadStandIns(shell, folder)),
  )
  const results = await Promise.allSettled([programs, kindFiles, daemon, debian, node, system, stands, cluster, loaded])
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

async function ensureKindFiles(shell: Shell, folder: Folder): Promise<void> {
  const target = join(folder.root, 'kind-files')
  if (!(await exists(target))) await copyKindFiles(shell, target)
}

async function ensureDebianFiles(shell: Shell, folder: Folder): Promise<void> {
  const archive = join(folder.root, 'debian.tar')
  if (!(await exists(archive))) await makeDebian(shell, archive)
}

async function ensureDebian(docker: Shell, folder: Folder): Promise<void> {
  const archive = join(folder.root, 'debian.tar')
  if (!(await hasImage(docker, debianImage))) await importDebian(docker, archive)
}

/** Builds the system images and keeps them, with the base, as the archive that a node imports when it first boots. */
async function ensureSystemArchive(docker: Shell, folder: Folder): Promise<void> {
  for (const recipe of systemImages) await buildRecipe(docker, folder, recipe)
  const names = [debianImage, ...systemImages.flatMap((recipe) => recipe.names)]
  const ids = await docker.run('docker', ['image', 'inspect', '--format', '{{.Id}}', ...names])
  const archive = join(folder.images, 'system.tar')
  const stamp = join(folder.images, 'system.ids')
  if ((await readFile(stamp, 'utf8').catch(() => '')) === ids) return
  await mkdir(folder.images, { recursive: true })
  await rm(stamp, { force: true })
  await docker.run('docker', ['save', '--output', archive, ...names])
  await writeFile(stamp, ids)
}

/** Brings the stand-ins to the node, Dolt under its version's tag too. */
async function loadStandIns(docker: Shell, folder: Folder): Promise<void> {
  const version = /\d+\.\d+\.\d+/.exec(await docker.run('dolt', ['version'], { env: { HOME: folder.root } }))?.[0]
  const tagged = version ? ['dolthub/dolt', 'dolthub/dolt-sql-server'].map((name) => `${name}:${version}`) : []
  for (const name of tagged) await docker.run('docker', ['tag', 'dolthub/dolt:latest', name])
  const names = [debianImage, ...standIns.flatMap((recipe) => recipe.names), ...tagged]
  await loadInto(docker, kindLab(folder, 'built'), names)
}
