import { parseAction } from './parse-action.ts'
import { Scanner } from './scanner.ts'
import { JsonPathError, type Part } from './template.ts'

/**
 * Reads a template in the dialect of `kubectl -o jsonpath`: text with actions in braces, of which each prints what a path
 * finds, or begins (`{range PATH}`) or ends (`{end}`) what is repeated. A range that nobody ends goes on
 * to the end, and what it repeats is printed once more after it: kubectl's own rule.
 * @throws {JsonPathError} it is none
 */
export function parseTemplate(text: string): Part[] {
  const scanner = new Scanner(text)
  const root: Part[] = []
  const open: Part[][] = [root]
  while (scanner.peek !== '') {
    const parts = open.at(-1) ?? root
    const plain = scanner.until('{')
    if (plain !== '') parts.push({ type: 'print', path: [{ type: 'literal', value: plain }] })
    if (!scanner.take('{')) break
    const { keyword, path } = parseAction(scanner)
    if (keyword === 'end') {
      if (open.length === 1) throw new JsonPathError('not in range, nothing to end')
      open.pop()
    } else if (keyword === 'range') {
      const body: Part[] = []
      parts.push({ type: 'range', path, body })
      open.push(body)
    } else {
      parts.push({ type: 'print', path })
    }
  }
  for (let inner = open.pop(); open.length > 0 && inner !== undefined; inner = open.pop()) open.at(-1)?.push(...inner)
  return root
}

/** The path that a flag such as `--sort-by` names, where braces and the first dot may be left out. */
export function parseRelaxed(text: string): Part[] {
  const [, braced, bare] = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(text) ?? []
  const field = braced ?? bare
  if (field !== undefined) return parseTemplate(`{.${field}}`)
  throw new JsonPathError(
    `unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`,
  )
}
