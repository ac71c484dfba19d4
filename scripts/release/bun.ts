import { execFile } from 'node:child_process'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const VERSION = '1.4.5'
const run = promisify(execFile)
const folder = new URL(`../../.toolchain/bun-${VERSION}`, import.meta.url).pathname

/** The package of bun for this machine. @throws {Error} there is none */
function packageName(): string {
  const { arch, platform } = process
  const cpu = arch === 'arm64' ? 'aarch64' : arch
  if (!['linux', 'darwin'].includes(platform) || !['x64', 'aarch64'].includes(cpu))
    throw new Error(`bun is not built for ${platform} ${arch}; compile on linux or darwin, x64 or arm64`)
  return `@oven/bun-${platform}-${cpu}`
}

/** Path of the pinned bun, installed below .toolchain where it is not there yet. */
export async function ensureBun(): Promise<string> {
  const program = join(folder, 'node_modules', packageName(), 'bin', 'bun')
  try {
    await access(program)
  } catch {
    const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
    await run('npm', ['install', '--prefix', folder, ...quiet, `${packageName()}@${VERSION}`])
  }
  return program
}
