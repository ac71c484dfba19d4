import { UsageError } from '../errors/usage.ts'

/** One shell word that means exactly `word`. */
export function quote(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/**
 * The shell command line that a session runs: `--command` as it stands, or the words after `--`, each quoted.
 * Undefined when neither is given.
 */
export function commandLine(command: string | undefined, words: string[] | undefined): string | undefined {
  if (words === undefined) return command
  if (command !== undefined) throw new UsageError('give the command with --command or after --, not both')
  if (words.length === 0) throw new UsageError('the command after -- must not be empty')
  return words.map(quote).join(' ')
}
