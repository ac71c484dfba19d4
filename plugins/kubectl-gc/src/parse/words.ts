import type { FlagSpec } from './spec.ts'

/** A plain command line taken apart: the arguments, and what each flag was given, by its name. */
export interface Words {
  args: string[]
  given: Map<string, (string | boolean)[]>
}

/** Takes a command line apart; undefined where a word may mean several things, or nothing. */
export function takeApart(flags: Record<string, FlagSpec>, argv: readonly string[]): Words | undefined {
  const args: string[] = []
  const given: Words['given'] = new Map()
  const give = (name: string, value: string | boolean) => given.set(name, [...(given.get(name) ?? []), value])
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? ''
    if (word === '--') return { args: [...args, ...argv.slice(index + 1)], given }
    const found = flagOf(flags, word)
    if (found === undefined) {
      if (word.startsWith('-')) return undefined
      args.push(word)
    } else if (found.flag.type === 'boolean') {
      if (found.value !== undefined) return undefined
      give(found.name, !found.denied)
    } else {
      const value = found.value ?? argv[++index]
      if (value === undefined || value.startsWith('-') || found.denied) return undefined
      give(found.name, value)
    }
  }
  return { args, given }
}

/** The flag that a word names, and the value that it holds: `--name`, `--name=value`, `--no-name`, `-n`. */
function flagOf(flags: Record<string, FlagSpec>, word: string) {
  const [, dashes, name = '', value] = /^(--?)([^=]+)(?:=(.*))?$/s.exec(word) ?? []
  if (dashes === undefined) return undefined
  if (dashes === '-') {
    const [long] = Object.entries(flags).find(([, { char }]) => char === name) ?? []
    const flag = long === undefined ? undefined : flags[long]
    return flag === undefined || value !== undefined ? undefined : { name: long as string, flag, value, denied: false }
  }
  const flag = own(flags, name)
  if (flag !== undefined) return { name, flag, value, denied: false }
  const denied = name.startsWith('no-') ? own(flags, name.slice(3)) : undefined
  return denied?.allowNo === true ? { name: name.slice(3), flag: denied, value, denied: true } : undefined
}

function own(flags: Record<string, FlagSpec>, name: string): FlagSpec | undefined {
  return Object.hasOwn(flags, name) ? flags[name] : undefined
}
