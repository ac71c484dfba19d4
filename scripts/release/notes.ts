import type { Release } from './release.ts'
import type { Target } from './targets.ts'

/** What the text that goes with a release says of each archive. */
const tried: Record<Target, string> = {
  'linux-x64': 'end-to-end tests pass with it',
  'linux-arm64': 'built, not run',
  'darwin-x64': 'built, not run; signed ad hoc, not notarised',
  'darwin-arm64': 'built, not run; signed ad hoc, not notarised',
  'windows-x64': 'built, not run; not signed; without the broker',
}

/** The section of a changelog (as changesets writes it) that a version has; empty without one. */
export function changesOf(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m)
  return (
    sections
      .find((section) => section.startsWith(`${version}\n`))
      ?.slice(version.length)
      .trim() ?? ''
  )
}

/** What the release's page says. */
export function releaseNotes({ version, repository, archives }: Release, changelog: string): string {
  const rows = archives.map(({ target, file, sha256 }) => `| \`${file}\` | ${tried[target]} | \`${sha256}\` |`)
  return [
    changesOf(changelog, version),
    `## Install

\`\`\`sh
npm install --global kubectl-gc@${version}
curl -fsSL ${repository}/releases/download/v${version}/install.sh | sh    # checks the checksum of what it downloads
kubectl krew install --manifest-url=${repository}/releases/download/v${version}/gc.yaml
\`\`\`

\`kubectl-gc.rb\` is the formula for a Homebrew tap.`,
    `## Archives\n\n| | | SHA-256 |\n|---|---|---|\n${rows.join('\n')}`,
  ]
    .filter((section) => section !== '')
    .join('\n\n')
    .concat('\n')
}
