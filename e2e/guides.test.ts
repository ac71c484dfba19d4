import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { commandsOf } from './support/guide.ts'
import { follow, type Page, type Reader, withNamespace, withSession } from './support/reader.ts'
import { succeed } from './support/run.ts'

const docs = fileURLToPath(new URL('../docs', import.meta.url))
const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
const port = String(20_000 + Math.floor(Math.random() * 10_000))

const pages: Record<string, Page> = {
  '../README.md': {
    given: withNamespace,
    inRepository: true,
    leftOut: {
      'npm install --global kubectl-gc': 'as in installing.md',
      './scripts/quickstart --install-docker': 'makes the cluster that the tests have',
      './scripts/test': 'runs this test',
    },
  },
  'getting-started/first-session.md': { inRepository: true },
  'migrating.md': { given: withNamespace },
  'operating.md': {
    shows: {
      'kubectl gc diff': /^\+kind: StatefulSet/m,
      'kubectl gc diff --set backups.enabled=true': /^\+kind: CronJob/m,
      'kubectl gc upgrade --set backups.enabled=true': /^cronjob.batch\/dolt-backup created/m,
      "kubectl --namespace gc get secret kubectl-gc.sessions --output jsonpath='{.data.content}' | base64 -d":
        /"backups":\{"enabled":true\}/,
      'kubectl gc uninstall': /^persistentvolumeclaim\/dolt-data-dolt-0 kept: it holds data/m,
      'kubectl gc uninstall --delete-data': /^namespace\/\S+ deleted/m,
    },
  },
  'dolt.md': {
    given: async (reader) => {
      const size = ['--cpu-request', '10m', '--memory-request', '64Mi', '--set', 'backups.enabled=true']
      await succeed('kubectl', ['gc', 'install', ...size], reader)
      await writeFile(join(reader.folder, 'schema.sql'), 'CREATE TABLE issues (id INT PRIMARY KEY, title TEXT);')
      await program(reader, 'mysql', `node ${fileURLToPath(new URL('support/mysql.ts', import.meta.url))}`)
    },
    here: { 13307: port, '2026-11-20T12:00:00Z': tomorrow },
    shows: {
      'mysql --host 127.0.0.1 --port 13307 --user root --execute "SHOW DATABASES"': /^town$/m,
      'kubectl gc dolt sql --database town --execute "SHOW TABLES" -- --result-format csv': /^issues$/m,
      'kubectl gc dolt restore town.tar --database town --force': /^database\/town restored and verified/m,
      'kubectl gc dolt restore --scheduled --before 2026-11-20T12:00:00Z --force --yes': /^database\/town restored$/m,
    },
  },
  'credentials.md': {
    given: async (reader) => {
      await withSession(reader, 'mayor')
      const claudeAiOauth = { accessToken: 'one', refreshToken: 'two', expiresAt: Date.now() + 8 * 3_600_000 }
      await writeFile(join(reader.folder, '.credentials.json'), JSON.stringify({ claudeAiOauth }))
      reader.env.CLAUDE_CONFIG_DIR = reader.folder
    },
    shows: {
      'kubectl gc secrets status': /^Login: +expires in 7h5\dm/m,
      'kubectl gc restart mayor': /^session\/mayor restarted/m,
    },
  },
  'broker.md': {
    given: async (reader) => {
      reader.env.XDG_RUNTIME_DIR = reader.folder
      await withSession(reader, 'mayor')
      const status = () => succeed('kubectl', ['gc', 'broker', 'status', '--output', 'json'], reader)
      await expect.poll(status).not.toBe('[]\n')
    },
    shows: { 'kubectl gc broker stop': /^broker\/\d+ stopped/m },
  },
  'installing.md': {
    given: async (reader) => {
      await program(reader, 'kubectl-gc', (await succeed('sh', ['-c', 'command -v kubectl-gc'])).trim())
      reader.env.PATH = without('kubectl_complete-gc', reader.env.PATH ?? '')
    },
    shows: { 'kubectl gc completion install': /\/kubectl_complete-gc written/ },
    leftOut: {
      'npm install --global kubectl-gc': 'the registry has it once it is published; npm-package.test.ts installs it',
      'kubectl-gc completion fish | source': 'another shell; completion.test.ts',
      'kubectl-gc completion powershell | Out-String | Invoke-Expression': 'another shell, which the page says',
    },
  },
}

/** Which test types the commands of the other pages. */
const elsewhere: Record<string, string> = {
  'city.md': 'city.test.ts',
  'controller.md': 'controller.test.ts',
  'troubleshooting.md': 'troubleshooting.test.ts',
}

test.concurrent.for(Object.entries(pages))(
  'every command of docs/%s works',
  { timeout: 300_000 },
  async ([page, details]) => {
    await follow(page, `e2e-guide-${randomBytes(4).toString('hex')}`, details)
  },
)

/** Pages that a program writes, and those that describe no way to go. */
const NO_GUIDES = /^(reference|transcripts|decisions)\/|^benchmarks\.md$/
/** How blocks begin: those of commands, which support/guide.ts reads, and others. */
const FENCES = /^```(sh|bash|console|fish|powershell|ts|toml|yaml|json)?$/

test.concurrent('no page with commands is left out, and no block of a page', async () => {
  const files = await readdir(docs, { recursive: true })
  const guides = files.filter((file) => file.endsWith('.md') && !NO_GUIDES.test(file))
  const withCommands: string[] = []
  for (const page of guides) {
    if ((await commandsOf(page)).length > 0) withCommands.push(page)
    const fences = (await readFile(join(docs, page), 'utf8')).match(/^.*```.*$/gm) ?? []
    for (const fence of fences) expect(fence, page).toMatch(FENCES)
  }
  const known = [...Object.keys(pages), ...Object.keys(elsewhere)].filter((page) => !page.startsWith('..'))
  expect(withCommands.toSorted()).toEqual(known.toSorted())
  for (const [page, file] of Object.entries(elsewhere)) {
    expect(await readFile(new URL(file, import.meta.url), 'utf8')).toContain(`commandsOf('${page}')`)
  }
})

test.concurrent('the page of the npm package has no commands of its own', async () => {
  const typed = await Promise.all(Object.keys(pages).map(commandsOf))
  expect(typed.flat()).toEqual(expect.arrayContaining(await commandsOf('../plugins/kubectl-gc/README.md')))
})

/** A PATH without the folders that have a program. */
function without(name: string, path: string): string {
  return path
    .split(delimiter)
    .filter((folder) => !existsSync(join(folder, name)))
    .join(delimiter)
}

/** Puts a program before those of the same name on the reader's PATH. */
async function program({ folder, env }: Reader, name: string, command: string): Promise<void> {
  const bin = join(folder, 'bin')
  await mkdir(bin)
  await writeFile(join(bin, name), `#!/bin/sh\nexec ${command} "$@"\n`)
  await chmod(join(bin, name), 0o755)
  env.PATH = [bin, process.env.PATH].join(delimiter)
}
