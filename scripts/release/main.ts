import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { compile, programs, type Target, targets } from './compile.ts'

const USAGE = `Compiles ${programs.join(' and ')} into single files that need no Node.js. Run pnpm build before.

  node scripts/release/main.ts [TARGET...]

TARGET: ${targets.join(', ')}; default: this machine, without a suffix
  --out DIR   where they are put; default dist
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string', default: 'dist' }, help: { type: 'boolean', default: false } },
})
const unknown = positionals.find((name) => !targets.includes(name as Target))
if (values.help || unknown !== undefined) {
  process.stderr.write(unknown === undefined ? USAGE : `error: no target "${unknown}"\n${USAGE}`)
  process.exit(unknown === undefined ? 0 : 1)
}
await mkdir(values.out, { recursive: true })
if (positionals.length === 0) await compileAll('')
for (const target of positionals as Target[]) await compileAll(`-${target}`, target)

async function compileAll(suffix: string, target?: Target): Promise<void> {
  for (const program of programs) {
    const extension = target?.startsWith('windows') ? '.exe' : ''
    const outfile = resolve(join(values.out, `${program}${suffix}${extension}`))
    await compile(program, outfile, target)
    console.log(outfile)
  }
}
