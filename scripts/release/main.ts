import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { compile, type Target, targets } from './compile.ts'

const USAGE = `Compiles gc-session-k8s into single files that need no Node.js. Run pnpm build before.

  node scripts/release/main.ts [TARGET...]

TARGET: ${targets.join(', ')}; default: this machine, as gc-session-k8s without a suffix
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
if (positionals.length === 0) await compileTo('gc-session-k8s')
for (const target of positionals as Target[]) {
  await compileTo(`gc-session-k8s-${target}${target.startsWith('windows') ? '.exe' : ''}`, target)
}

async function compileTo(name: string, target?: Target): Promise<void> {
  const outfile = resolve(join(values.out, name))
  await compile(outfile, target)
  console.log(outfile)
}
