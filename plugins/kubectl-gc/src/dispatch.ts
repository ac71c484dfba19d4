import { type CommandLine, readBareOptions, readBooleans } from './argv.ts'
import type { GcCommandClass } from './command.ts'
import { commands } from './commands/index.ts'
import { usageErrorOf } from './errors/parse.ts'
import { UsageError } from './errors/usage.ts'
import { commandHelp } from './help/command.ts'
import { nearest } from './help/nearest.ts'
import { rootHelp, topicHelp } from './help/root.ts'
import { oclifConfig } from './oclif-config.ts'
import type { Runtime } from './runtime.ts'

const helpFlags = ['-h', '--help']

/** The longest run of leading words that names a command or a topic. */
function find(words: string[]): { id: string; length: number } | undefined {
  const known = Object.keys(commands)
  for (let length = Math.min(2, words.length); length > 0; length -= 1) {
    const id = words.slice(0, length).join(':')
    if (id in commands || known.some((other) => other.startsWith(`${id}:`))) return { id, length }
  }
  return undefined
}

function unknownCommand(word: string, topic: string | undefined): UsageError {
  const prefix = topic === undefined ? '' : `${topic}:`
  const candidates = Object.keys(commands)
    .filter((id) => id.startsWith(prefix))
    .map((id) => id.slice(prefix.length).split(':')[0] ?? '')
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
  const print = (text: string) => {
    runtime.stdout.write(text)
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
  if (first === undefined) return print(rootHelp())
  const found = find(words)
  if (found === undefined) throw unknownCommand(first, undefined)
  const Class = commands[found.id]
  if (Class === undefined) {
    const extra = words[found.length]
    if (extra !== undefined && !extra.startsWith('-')) throw unknownCommand(extra, found.id)
    return print(topicHelp(found.id))
  }
  Class.id = found.id
  if (wantsHelp) return print(commandHelp(Class))
  const { all, deniable } = booleanNames(Class)
  const argv = readBareOptions(readBooleans(words.slice(found.length), all, deniable), Class.bareValues)
  if (line.rest !== undefined && !Class.takesRest) argv.push('--', ...line.rest)
  try {
    return await new Class(argv, oclifConfig(), { runtime, rest: line.rest }).execute()
  } catch (error) {
    throw usageErrorOf(error, `kubectl gc ${found.id.replace(':', ' ')}`) ?? error
  }
}
