import { readFile, writeFile } from 'node:fs/promises'
import { lasting, type } from './guide.ts'

const LEFT_OUT = '   # output left out'

/** A command of a transcript, and what follows it there. */
export interface Entry {
  command: string
  /** Undefined: it is not kept, because it is another one each time. */
  output: string | undefined
}

const pathOf = (name: string) => new URL(`../../docs/transcripts/${name}.txt`, import.meta.url)

export async function readTranscript(name: string): Promise<Entry[]> {
  const [, ...entries] = (await readFile(pathOf(name), 'utf8')).split(/^\$ /m)
  return entries.map((entry) => {
    const end = entry.indexOf('\n')
    const command = entry.slice(0, end)
    if (command.endsWith(LEFT_OUT)) return { command: command.slice(0, -LEFT_OUT.length), output: undefined }
    return { command, output: entry.slice(end + 1).trimEnd() }
  })
}

export async function writeTranscript(name: string, entries: readonly Entry[]): Promise<void> {
  const text = entries.map(({ command, output }) =>
    output === undefined ? `$ ${command}${LEFT_OUT}\n` : `$ ${command}\n${output}${output === '' ? '' : '\n'}`,
  )
  await writeFile(pathOf(name), `${text.join('\n').trimEnd()}\n`)
}

/** Types a command in a folder; what it showed as a transcript keeps it, with the exit code where that is not 0. */
export async function record(
  command: string,
  { folder, env, words }: { folder: string; env: Record<string, string>; words: Record<string, string> },
): Promise<string> {
  const { output, exitCode } = await type(command, env, folder)
  const shown = normalised(output, { [folder]: '<folder>', ...words })
  return exitCode === 0 ? shown : `${shown}${shown === '' ? '' : '\n'}(exit code ${exitCode})`
}

/**
 * The rule of every transcript: what a terminal erases is not kept; times, durations, hashes, addresses, versions and
 * sizes are written as `<time>` and so on, and the spaces between columns as two.
 */
export function normalised(output: string, words: Record<string, string>): string {
  let text = lasting(output)
  for (const [word, name] of Object.entries(words)) text = text.replaceAll(word, name)
  return text
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/\b\d+(\.\d+)?(ms|s|m|h|d)(\d+s)?\b/g, '<time>')
    .replaceAll(/\b\d+(\.\d+)? (bytes|B|KiB|MiB|KB|MB|s)\b/g, '<size>')
    .replaceAll(/\b(https?:\/\/)?\d+\.\d+\.\d+\.\d+(:\d+)?\b/g, '<address>')
    .replaceAll(/\bv?\d+\.\d+\.\d+\b/g, '<version>')
    .replaceAll(/\b[0-9a-f]{8,}(-[a-z0-9]{5})?\b/g, '<hash>')
    .replaceAll(/(?<=\S) {2,}/g, '  ')
    .replaceAll(/[ \t]+$/gm, '')
    .trim()
}
