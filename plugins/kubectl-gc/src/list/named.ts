import type { SessionProvider } from '@kubectl-gc/session-provider'
import { UsageError } from '../errors/usage.ts'
import * as Flags from '../flags/define.ts'
import { choiceFlags } from '../flags/output.ts'
import { sessionName } from '../session-name.ts'
import { chooser } from './choose.ts'

/** Flags that stand for the names of sessions. */
export const namingFlags = {
  selector: choiceFlags.selector,
  all: Flags.boolean({ summary: 'Every session of the namespace, and of the city where there is one.' }),
}

/** What the command line says of which sessions are meant. */
export interface Naming {
  names: string[]
  selector: string | undefined
  all: boolean
}

/**
 * Reads which sessions are meant: names, each once, or flags that stand for them.
 * @param example a command line that says it
 * @throws {UsageError} none of it is given, or both
 * @throws {InvalidSessionName} a name is none
 */
export function naming(
  words: unknown,
  flags: { selector?: string | undefined; all?: boolean },
  example: string,
): Naming {
  const names = [...new Set(((words ?? []) as string[]).map(sessionName))]
  const { selector, all = false } = flags
  if (names.length > 0 !== (all || selector !== undefined)) return { names, selector, all }
  throw new UsageError('give names of sessions, --selector or --all', example)
}

/** The names of the sessions that are meant. */
export async function namesOf(
  { names, selector, all }: Naming,
  provider: Pick<SessionProvider, 'list'>,
  signal: AbortSignal,
): Promise<string[]> {
  if (!all && selector === undefined) return names
  const isMeant = chooser({ selector })
  return (await provider.list({ signal })).filter(isMeant).map(({ name }) => name)
}
