import { join } from 'node:path'
import { LabError } from './errors.ts'
import type { Shell } from './shell.ts'
import { kubernetesVersion } from './versions.ts'

interface Recipe {
  /** The folder in programs/ whose go.mod and go.sum pin every module of the build. */
  module: string
  package: string
  /** Packages and variables that the linker stamps with a version. */
  stamp?: string
  tags?: string
  cgo?: boolean
}

const [major, minor] = kubernetesVersion.slice(1).split('.')
const component = 'k8s.io/component-base/version'
const kubernetesStamp = [
  `${component}.gitVersion=${kubernetesVersion}`,
  `${component}.gitMajor=${major}`,
  `${component}.gitMinor=${minor}`,
  `${component}.gitTreeState=clean`,
  `k8s.io/client-go/pkg/version.gitVersion=${kubernetesVersion}`,
]
  .map((variable) => `-X ${variable}`)
  .join(' ')

/** How each program is built when nobody provides it. */
const recipes = {
  kube: { module: 'kube', package: '.', stamp: kubernetesStamp },
  kubectl: { module: 'kube', package: 'k8s.io/kubernetes/cmd/kubectl', stamp: kubernetesStamp },
  runc: { module: 'runc', package: '.' },
  dolt: { module: 'dolt', package: 'github.com/dolthub/dolt/go/cmd/dolt', tags: 'gms_pure_go', cgo: true },
  etcd: { module: 'etcd', package: 'go.etcd.io/etcd/server/v3' },
  coredns: { module: 'coredns', package: 'github.com/coredns/coredns' },
  'local-path-provisioner': {
    module: 'local-path-provisioner',
    package: 'github.com/rancher/local-path-provisioner',
  },
  kind: { module: 'kind', package: 'sigs.k8s.io/kind' },
  helm: { module: 'helm', package: 'helm.sh/helm/v3/cmd/helm' },
  helm4: { module: 'helm4', package: 'helm.sh/helm/v4/cmd/helm' },
  kwok: { module: 'kwok', package: 'sigs.k8s.io/kwok/cmd/kwok' },
  'metrics-server': { module: 'metrics-server', package: 'sigs.k8s.io/metrics-server/cmd/metrics-server' },
} as const satisfies Record<string, Recipe>

export type Program = keyof typeof recipes

/** @throws {LabError} the lab knows no such program */
export function asProgram(name: string): Program {
  if (Object.hasOwn(recipes, name)) return name as Program
  throw new LabError(`The lab has no program ${name}. It has: ${Object.keys(recipes).join(', ')}`)
}

const modules = join(import.meta.dirname, 'programs')

/** Builds a program from its pinned modules into a folder; minutes for the large ones, seconds when Go's cache is warm. */
export async function buildProgram(shell: Shell, program: Program, folder: string): Promise<void> {
  const recipe: Recipe = recipes[program]
  const args = ['build', '-trimpath', '-ldflags', `-s -w ${recipe.stamp ?? ''}`.trim(), '-tags', recipe.tags ?? '']
  await shell.run('go', [...args, '-o', join(folder, program), recipe.package], {
    cwd: join(modules, recipe.module),
    env: { CGO_ENABLED: recipe.cgo ? '1' : '0', GOFLAGS: '-mod=readonly -buildvcs=false', GOWORK: 'off' },
  })
}

/** Copies the files that kind lays into every node image from its pinned module into a folder. */
export async function copyKindFiles(shell: Shell, target: string): Promise<void> {
  const downloaded = await shell.run('go', ['mod', 'download', '-json', 'sigs.k8s.io/kind'], {
    cwd: join(modules, 'kind'),
    env: { GOFLAGS: '-mod=readonly', GOWORK: 'off' },
  })
  const { Dir: source } = JSON.parse(downloaded) as { Dir: string }
  await shell.run('rm', ['-rf', target])
  await shell.run('cp', ['-r', '--no-preserve=mode,ownership', join(source, 'images', 'base', 'files'), target])
}
