import { type Release, urlOf } from './release.ts'
import type { Target } from './targets.ts'

/** The formula that Homebrew installs all programs from, on macOS and Linux, with completion of both ways to call them. */
export function homebrewFormula(release: Release): string {
  const source = (target: Target) => {
    const archive = release.archives.find((one) => one.target === target)
    if (archive === undefined) throw new Error(`the release has no archive for ${target}`)
    return `url "${urlOf(release, archive.file)}"\n      sha256 "${archive.sha256}"`
  }
  return `class KubectlGc < Formula
  desc "Run AI coding agents as sessions on Kubernetes"
  homepage "${release.repository}"
  version "${release.version}"
  license "Apache-2.0"

  on_macos do
    on_arm do
      ${source('darwin-arm64')}
    end
    on_intel do
      ${source('darwin-x64')}
    end
  end

  on_linux do
    on_arm do
      ${source('linux-arm64')}
    end
    on_intel do
      ${source('linux-x64')}
    end
  end

  def install
    bin.install "kubectl-gc", "kubectl_complete-gc", "gc-session-k8s"
    generate_completions_from_executable(bin/"kubectl-gc", "completion", shells: [:bash, :zsh, :fish])
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/kubectl-gc version --client")
  end
end
`
}
