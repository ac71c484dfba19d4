/** What can be compiled for. Only those of this machine's system and processor can be run here. */
export const targets = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'windows-x64'] as const
export type Target = (typeof targets)[number]

/** A target in the words of Go, which krew's and Kubernetes' labels use. */
export function platformOf(target: Target): { os: string; arch: string } {
  const [os = '', processor] = target.split('-')
  return { os, arch: processor === 'x64' ? 'amd64' : 'arm64' }
}
