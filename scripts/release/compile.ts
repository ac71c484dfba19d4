import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ensureBun } from './bun.ts'

const run = promisify(execFile)
const built = (path: string) => JSON.stringify(new URL(`../../${path}`, import.meta.url).pathname)
const ENTRIES = {
  'gc-session-k8s': `import { main } from ${built('packages/session-provider/dist/exec-provider/main.js')}
process.exit(await main(process.argv.slice(2)))`,
  'kubectl-gc': `import ${built('plugins/kubectl-gc/dist/main.js')}`,
}

/** What is compiled. */
export type Program = keyof typeof ENTRIES
export const programs = Object.keys(ENTRIES) as Program[]

/** What can be compiled for. Only those of this machine's system and processor can be run here. */
export const targets = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'windows-x64'] as const
export type Target = (typeof targets)[number]

/**
 * Compiles a built program into one file that needs no Node.js.
 * @param target default: this machine
 */
export async function compile(program: Program, outfile: string, target?: Target): Promise<void> {
  await compileText(ENTRIES[program], outfile, target)
}

/** Compiles a program that does nothing: the floor of any compiled one. */
export async function compileEmpty(outfile: string): Promise<void> {
  await compileText('process.exit(0)', outfile)
}

async function compileText(text: string, outfile: string, target?: Target): Promise<void> {
  const bun = await ensureBun()
  const folder = await mkdtemp(join(tmpdir(), 'gc-compile-'))
  try {
    const entry = join(folder, 'entry.js')
    await writeFile(entry, text)
    const platform = target === undefined ? [] : [`--target=bun-${target}`]
    const how = ['--compile', '--bytecode', '--minify', '--format=esm', '--splitting', ...platform]
    await run(bun, ['build', ...how, '--outfile', outfile, entry], { cwd: folder })
  } finally {
    await rm(folder, { recursive: true })
  }
}
