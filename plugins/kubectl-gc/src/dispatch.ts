import { nearest } from '@kubectl-gc/manifests/nearest'
import { type CommandLine, readBareOptions, readBooleans } from './argv.ts'
import type { GcCommandClass } from './command.ts'
import table from './completion/generated/table.json' with { type: 'json' }
import { UsageError } from './errors/usage.ts'
import type { HelpTexts } from './help/texts.ts'
import { loadCommand } from './load-command.ts'
import type { Runtime } from './runtime.ts'

const helpFlags = ['-h', '--help']
const ids = Object.keys(table.commands)

/** The longest run of leading words that names a command or a topic. */
function find(words: string[]): { id: string; length: number } | undefined {
  for (let length = Math.min(2, words.length); length > 0; length -= 1) {
    const id = words.slice(0, length).join(':')
    if (ids.some((other) => other === id || other.startsWith(`${id}:`))) return { id, length }
  }
  return undefined
}

function unknownCommand(word: string, topic: string | undefined): UsageError {
  const prefix = topic === undefined ? '' : `${topic}:`
  const candidates = ids.filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length).split(':')[0] ?? '')
  const path = topic === undefined ? 'kubectl gc' : `kubectl gc ${topic}`
  return new UsageError(
    `unknown command ${JSON.stringify(word)} for "${path}"`,
    `${path} ${nearest(word, candidates) ?? '--help'}`,
  )
}

function booleanNames(Class: GcCommandClass): { all: string[]; deniable: string[] } {
  const flags: [string, { type: string; allowNo?: boolean }][] = Object.entries({ ...Class.flags, ...Class.baseFlags })
  const all = flags.filter(([, { type }]) => type === 'boolean')
  const names = (some: typeof all) => some.map(([name]) => name)
  return { all: names(all), deniable: names(all.filter(([, { allowNo }]) => allowNo === true)) }
}

/** Runs a command line to its exit code. */
export async function dispatch(line: CommandLine, runtime: Runtime): Promise<number> {
  const help = async (choose: (texts: HelpTexts) => string | undefined) => {
    runtime.stdout.write(choose((await import('./help/texts.ts')).helpTexts) ?? '')
    return 0
  }
  let words = line.words
  let wantsHelp = words.some((word) => helpFlags.includes(word))
  words = words.filter((word) => !helpFlags.includes(word))
  if (words[0] === 'help') {
    wantsHelp = true
    words = words.slice(1)
  }
  if (words[0] === '--version') words = ['version', '--client', ...words.slice(1)]
  const [first] = words
  if (first === undefined) return help(({ root }) => root)
  const found = find(words)
  if (found === undefined) throw unknownCommand(first, undefined)
  if (!ids.includes(found.id)) {
    const extra = words[found.length]
    if (extra !== undefined && !extra.startsWith('-')) throw unknownCommand(extra, found.id)
    return help(({ topics }) => topics[found.id])
  }
  if (wantsHelp) return help(({ commands }) => commands[found.id])
  const Class = await loadCommand(found.id)
  Class.id = found.id
  const { all, deniable } = booleanNames(Class)
  const argv = readBareOptions(readBooleans(words.slice(found.length), all, deniable), Class.bareValues)
  if (line.rest !== undefined && !Class.takesRest) argv.push('--', ...line.rest)
  try {
    return await new Class(argv, { runtime, rest: line.rest }).execute()
  } catch (error) {
    const { usageErrorOf } = await import('./errors/parse.ts')
    throw usageErrorOf(error, `kubectl gc ${found.id.replace(':', ' ')}`) ?? error
  }
}
