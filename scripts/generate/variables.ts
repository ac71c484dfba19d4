/**
 * Writes the table of docs/reference/variables.md from the table that the variables are read by.
 * Run: `node --conditions=@kubectl-gc/source scripts/generate/variables.ts [--check]`; `--check` writes nothing and
 * fails when the page differs.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { variables } from '@kubectl-gc/session-provider'

const BEGIN = '<!-- Written by scripts/generate/variables.ts. -->\n'
const END = '<!-- End of the written part. -->\n'
const page = new URL('../../docs/reference/variables.md', import.meta.url)

const { values: flags } = parseArgs({ options: { check: { type: 'boolean', default: false } } })

const rows = Object.entries(variables).map(([option, { name, source, what, otherwise, kind }]) => {
  const fallback = otherwise === undefined ? 'none' : `\`${otherwise}\``
  const example = /^[[{]/.test(kind.example) ? `, such as \`${kind.example}\`` : ''
  return `| \`${name}\` | ${fallback} | ${what}${example} | \`${option}\` | ${source} |\n`
})
const table = `| variable | default | what it is | option of the SDK | of |\n|---|---|---|---|---|\n${rows.join('')}`

const text = readFileSync(page, 'utf8')
const [before, rest] = split(text, BEGIN)
const [, after] = split(rest, END)
const wanted = `${before}${BEGIN}${table}${END}${after}`

if (flags.check && wanted !== text) {
  console.error('docs/reference/variables.md is not what the variables are read by')
  console.error('Run: node --conditions=@kubectl-gc/source scripts/generate/variables.ts')
  process.exitCode = 1
} else if (wanted !== text) {
  writeFileSync(page, wanted)
  console.log('docs/reference/variables.md')
}

function split(whole: string, mark: string): [string, string] {
  const at = whole.indexOf(mark)
  if (at === -1) throw new Error(`docs/reference/variables.md has lost the line ${mark}`)
  return [whole.slice(0, at), whole.slice(at + mark.length)]
}
