import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import table from '../../src/completion/generated/table.json' with { type: 'json' }

const root = join(import.meta.dirname, '../../../..')
const guides = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md') && !/^(reference|transcripts)\//.test(file))
  .map((file) => join('docs', file))
const commands: Record<string, { flags: Record<string, unknown> }> = table.commands

/** The command lines among the sentences of a page. Those in its blocks are typed on a cluster: e2e/guides.test.ts. */
const named = ['README.md', 'plugins/kubectl-gc/README.md', ...guides].flatMap((page) => {
  const text = readFileSync(join(root, page), 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '')
  return [...text.matchAll(/`kubectl[ -]gc ([a-z][^`]*)`/g)].map(([, line = '']) => [line, page] as const)
})

test.for(named)('kubectl gc %s, which %s names, is there', ([line]) => {
  const [first = '', second = '', ...rest] = line.split(' ')
  const id = [`${first}:${second}`, first].find((one) => one in commands)
  if (id === undefined) return expect(Object.keys(table.topics)).toContain(first)
  const flags = [second, ...rest].flatMap((word) => /^--(?:no-)?([a-z-]+)/.exec(word)?.[1] ?? [])
  const known = [...Object.keys(commands[id]?.flags ?? {}), ...Object.keys(table.globalFlags), 'help']
  expect(known).toEqual(expect.arrayContaining(flags))
})
