import { type KubernetesObject, toYaml } from '@kubectl-gc/manifests'
import { type Release, urlOf } from './release.ts'
import { platformOf } from './targets.ts'

const description = `An agent (Claude Code, Codex, any command line program) runs in a session: a pod whose
container holds a terminal. Start it, talk to it, watch it, join it with your own terminal,
and end it; "kubectl gc install" puts into the cluster what sessions need.
`

const caveats = `krew links no completion. After the installation:
  kubectl gc completion install
`

/** The manifest that krew installs `kubectl gc` from (krew's plugin manifest, v1alpha2). */
export function krewManifest(release: Release): string {
  const manifest = {
    apiVersion: 'krew.googlecontainertools.github.com/v1alpha2',
    kind: 'Plugin',
    metadata: { name: 'gc' },
    spec: {
      version: `v${release.version}`,
      homepage: release.repository,
      shortDescription: 'Run AI coding agents as sessions',
      description,
      caveats,
      platforms: release.archives.map(({ target, file, sha256 }) => {
        const bin = target.startsWith('windows') ? 'kubectl-gc.exe' : 'kubectl-gc'
        return {
          selector: { matchLabels: platformOf(target) },
          uri: urlOf(release, file),
          sha256,
          bin,
          files: [bin, 'LICENSE'].map((from) => ({ from, to: '.' })),
        }
      }),
    },
  }
  return toYaml([manifest as KubernetesObject])
}
