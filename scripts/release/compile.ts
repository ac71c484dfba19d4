import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ensureBun } from './bun.ts'
import { signAdHoc } from './macho/sign.ts'
import type { Target } from './targets.ts'

const run = promisify(execFile)
const built = (path: string) => JSON.stringify(new URL(`../../${path}`, import.meta.url).pathname)
const ENTRIES = {
  'gc-session-k8s': `import { main } from ${built('packages/session-provider/dist/exec-provider/main.js')}
process.exit(await main(process.argv.slice(2)))`,
  'kubectl-gc': `if (process.argv[2] === '__complete') {
  const { main } = await import(${built('plugins/kubectl-gc/dist/completion/main.cjs')})
  await main(process.argv.slice(3))
} else await import(${built('plugins/kubectl-gc/dist/main.js')})`,
}

/** What is compiled. */
export type Program = keyof typeof ENTRIES
export const programs = Object.keys(ENTRIES) as Program[]

/**
 * Compiles a built program into one file that needs no Node.js.
 * @param target default: this machine
 */
export async function compile(program: Program, outfile: string, target?: Target): Promise<void> {
  await compileText(ENTRIES[program], outfile, target)
  if (target?.startsWith('darwin')) await writeFile(outfile, signAdHoc(await readFile(outfile), program))
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
