/**
 * Writes docs/reference/api.md from the docstrings and declarations of what `@kubectl-gc/session-provider` exports.
 * Run: `node scripts/generate/api.ts [--check]`; `--check` writes nothing and fails when the page differs.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import ts from 'typescript'
import { checkPage, OutdatedPage } from './api/check.ts'
import { groupsOf, renderPage } from './api/page.ts'
import { readExports, UndocumentedExports } from './api/read.ts'

const COMMAND = 'node scripts/generate/api.ts'
const PAGE = 'docs/reference/api.md'
const INTRO = `<!-- Written by scripts/generate/api.ts from the docstrings of packages/session-provider. Do not edit. -->

# API of the SDK

What \`@kubectl-gc/session-provider\` exports. [The SDK](../sdk.md) shows how the parts go together.
`

const { values: flags } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))

try {
  const { config } = ts.readConfigFile(path('tsconfig.json'), ts.sys.readFile)
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, path('.'))
  const files = ['index.ts', 'conformance/index.ts'].map((file) => path(`packages/session-provider/src/${file}`))
  const [main = [], conformance = []] = readExports(files, options)
  const page = renderPage(INTRO, groupsOf(main, conformance))
  if (flags.check) checkPage(path(PAGE), page, PAGE, COMMAND)
  else writeFileSync(path(PAGE), page)
} catch (error) {
  if (!(error instanceof OutdatedPage || error instanceof UndocumentedExports)) throw error
  console.error(error.message)
  process.exitCode = 1
}
