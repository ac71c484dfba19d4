import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** A seed document as it was given to us. */
export function seed(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}

/** What stands between a document's fences of one language. */
export function fenced(document: string, language: string): string[] {
  return [...document.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, text = '']) => text)
}

/** The YAML that a document prints. */
export function yamlIn(document: string): unknown[] {
  return fenced(document, 'yaml').map((text) => parse(text))
}

/** Rows of the table under a heading, as lists of cells without back-quotes. */
export function tableIn(document: string, heading: string): string[][] {
  const [, section = ''] = document.split(`${heading}\n`)
  const rows =
    section
      .split(/^#/m)[0]
      ?.split('\n')
      .filter((line) => line.startsWith('|')) ?? []
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  )
}
