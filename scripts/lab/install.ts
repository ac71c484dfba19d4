import { readFile } from 'node:fs/promises'
import { LabError } from './errors.ts'
import type { Progress } from './progress.ts'
import { Shell } from './shell.ts'

/** The Debian package that brings each command that building the lab needs. */
const packages = {
  docker: 'docker.io',
  dockerd: 'docker.io',
  containerd: 'docker.io',
  iptables: 'iptables',
  ip: 'iproute2',
  mmdebstrap: 'mmdebstrap',
  zstd: 'zstd',
  go: 'golang-go',
} as const

/** What the decision to install depends on. */
export interface Host {
  missing: readonly (keyof typeof packages)[]
  root: boolean
  debian: boolean
  /** `--install-docker`, or CI in the environment. */
  allowed: boolean
}

/**
 * The packages to install now: none when nothing is missing.
 * @throws {LabError} something is missing and the lab may not install it; the message has the command to type
 */
export function packagesToInstall(host: Host): string[] {
  const wanted = [...new Set(host.missing.map((command) => packages[command]))]
  if (wanted.length > 0 && !(host.root && host.debian && host.allowed)) {
    const command = `apt-get install -y --no-install-recommends ${wanted.join(' ')}`
    const next = !host.debian
      ? `Install what brings them; on Debian that is: ${command}`
      : host.root
        ? `Run: ${command}\nor let the lab do it, with --install-docker.`
        : `Run: sudo ${command}`
    throw new LabError(`The lab needs ${host.missing.join(', ')}, which this machine lacks. ${next}`)
  }
  if (!host.root) {
    throw new LabError(
      'No container registry answers, so the lab makes its images with a docker daemon of its own, and only root may start one. Run it as root, or name a cluster with --context NAME.',
    )
  }
  return wanted
}

/** Installs what the lab needs to make images here, if it may. */
export async function ensureInstalled(progress: Progress, installDocker: boolean): Promise<void> {
  const shell = new Shell()
  const commands = Object.keys(packages) as (keyof typeof packages)[]
  const present = await Promise.all(commands.map((command) => shell.succeeds('sh', ['-c', `command -v ${command}`])))
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '')
  const wanted = packagesToInstall({
    missing: commands.filter((_, index) => !present[index]),
    root: process.getuid?.() === 0,
    debian: /^ID(_LIKE)?=.*debian/m.test(release),
    allowed: installDocker || Boolean(process.env.CI),
  })
  if (wanted.length === 0) return
  await progress.step(`install ${wanted.join(' ')}`, async (apt) => {
    // RUNLEVEL=1 keeps the packages from starting daemons: the lab starts its own.
    const quiet = apt.with({ DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' })
    await quiet.run('apt-get', ['update', '-q'])
    await quiet.run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...wanted])
  })
}
