import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Archive, checksums, makeArchive } from './archive.ts'
import { compile, programs } from './compile.ts'
import { homebrewFormula } from './formula.ts'
import { krewManifest } from './krew.ts'
import { releaseNotes } from './notes.ts'
import { type Release, urlOf } from './release.ts'
import { type Target, targets } from './targets.ts'

const USAGE = `Makes what is released. Run pnpm build before.

  node scripts/release/main.ts compile [TARGET...]
      ${programs.join(' and ')} as single files that need no Node.js; default: for this machine, without a suffix
  node scripts/release/main.ts archive --repository URL [TARGET...]
      an archive for each target, SHA256SUMS and notes.md; for all targets (default) install.sh, krew's gc.yaml and
      Homebrew's kubectl-gc.rb too

TARGET: ${targets.join(', ')}
  --out DIR          where all is put; default dist
  --repository URL   the page of the project, below which releases are downloaded: https://github.com/OWNER/NAME
`

const own = (path: string) => new URL(path, import.meta.url)
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: 'dist' },
    repository: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
const [command, ...wanted] = positionals
const unknown = wanted.find((name) => !targets.includes(name as Target))
if (values.help) {
  process.stdout.write(USAGE)
} else if (unknown !== undefined) {
  refuse(`no target "${unknown}"`)
} else {
  await mkdir(values.out, { recursive: true })
  if (command === 'compile') await compileAll(wanted as Target[])
  else if (command === 'archive' && values.repository !== undefined)
    await release(values.repository, wanted as Target[])
  else refuse(command === 'archive' ? 'archive needs --repository' : 'compile or archive')
}

function refuse(why: string): void {
  process.stderr.write(`error: ${why}\n${USAGE}`)
  process.exitCode = 1
}

async function compileAll(chosen: Target[]): Promise<void> {
  for (const target of chosen.length === 0 ? [undefined] : chosen) {
    for (const program of programs) {
      const suffix = target === undefined ? '' : `-${target}${target.startsWith('windows') ? '.exe' : ''}`
      const outfile = resolve(values.out, `${program}${suffix}`)
      await compile(program, outfile, target)
      console.log(outfile)
    }
  }
}

async function release(repository: string, chosen: Target[]): Promise<void> {
  const { version } = JSON.parse(await readFile(own('../../plugins/kubectl-gc/package.json'), 'utf8'))
  const archives: Archive[] = []
  for (const target of chosen.length === 0 ? targets : chosen) {
    archives.push(await makeArchive(target, version, values.out))
    console.log(join(values.out, archives.at(-1)?.file ?? ''))
  }
  const made: Release = { version, repository: repository.replace(/\/$/, ''), archives }
  const changelog = await readFile(own('../../plugins/kubectl-gc/CHANGELOG.md'), 'utf8').catch(
    () => '', // the first version has none yet
  )
  const files: Record<string, string> = { SHA256SUMS: checksums(archives), 'notes.md': releaseNotes(made, changelog) }
  if (archives.length === targets.length) {
    const installer = await readFile(own('files/install.sh'), 'utf8')
    files['install.sh'] = installer.replace('@VERSION@', version).replace('@URL@', urlOf(made, '').slice(0, -1))
    files['gc.yaml'] = krewManifest(made)
    files['kubectl-gc.rb'] = homebrewFormula(made)
  }
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(values.out, name), text)
    console.log(join(values.out, name))
  }
  if ('install.sh' in files) await chmod(join(values.out, 'install.sh'), 0o755)
}
