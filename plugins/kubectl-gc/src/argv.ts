const withValue = [
  ...['kubeconfig', 'context', 'cluster', 'user', 'namespace', 'as', 'as-group', 'as-uid', 'request-timeout'],
  ...['server', 'token', 'client-certificate', 'client-key', 'certificate-authority', 'tls-server-name'],
]
const takesNextWord = new Set(['-n', '-s', ...withValue.map((name) => `--${name}`)])

/** A command line, taken apart as far as that needs no knowledge of commands. */
export interface CommandLine {
  /** Everything before `--`; global flags that stood before the command have moved to the end. */
  words: string[]
  /** What follows the first `--`; undefined without one. */
  rest: string[] | undefined
  /** The number of `-v`; 1 when it has none; 0 without the flag. */
  verbosity: number
}

/** How many of the words at `index` are a `-v` flag, and its level: `-v`, `-v6`, `-v=6`, `-v 6`, `--v=6`. */
function verbosityAt(words: string[], index: number): { length: number; level: number } | undefined {
  const match = /^--?v(?:=?(\d+))?$/.exec(words[index] ?? '')
  if (match === null) return undefined
  if (match[1] !== undefined) return { length: 1, level: Number(match[1]) }
  const next = words[index + 1]
  return next !== undefined && /^\d$/.test(next) ? { length: 2, level: Number(next) } : { length: 1, level: 1 }
}

/** Reads what kubectl takes and oclif does not: `-v` with or without a level, global flags before the command. */
export function readCommandLine(argv: string[]): CommandLine {
  const dashes = argv.indexOf('--')
  const typed = dashes === -1 ? argv : argv.slice(0, dashes)
  const rest = dashes === -1 ? undefined : argv.slice(dashes + 1)
  const leading: string[] = []
  const words: string[] = []
  let verbosity = 0
  for (let index = 0; index < typed.length; index += 1) {
    const word = typed[index] ?? ''
    const found = verbosityAt(typed, index)
    if (found !== undefined) {
      verbosity = found.level
      index += found.length - 1
    } else if (words.length > 0 || !word.startsWith('-')) {
      words.push(word)
    } else {
      leading.push(word)
      if (takesNextWord.has(word) && index + 1 < typed.length) leading.push(typed[++index] ?? '')
    }
  }
  return { words: [...words, ...leading], rest, verbosity }
}

/** Rewrites `--dry-run` to `--dry-run=server`, for the options that have a value without being given one. */
export function readBareOptions(words: string[], values: Record<string, string>): string[] {
  return words.map((word) => {
    const value = word.startsWith('--') ? values[word.slice(2)] : undefined
    return value === undefined ? word : `${word}=${value}`
  })
}

/**
 * Rewrites `--wait=false` to `--no-wait`, and `--wait=true` to `--wait`, for the flags that are `booleans`.
 * @param deniable those of them that have a `--no-`; of any other, `=false` is left out
 */
export function readBooleans(words: string[], booleans: string[], deniable: string[] = booleans): string[] {
  return words.flatMap((word) => {
    const match = /^--([a-z-]+)=(true|false)$/.exec(word)
    if (match?.[1] === undefined || !booleans.includes(match[1])) return word
    if (match[2] === 'true') return `--${match[1]}`
    return deniable.includes(match[1]) ? `--no-${match[1]}` : []
  })
}
