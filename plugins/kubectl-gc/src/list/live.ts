import { isSessionError, type SessionInfo, type SessionProvider } from '@kubectl-gc/session-provider'
import type { Live } from '../output/session-table.ts'

/** How many sessions are asked at once, and milliseconds for each. */
const atOnce = 8
const patience = 2000
const longestLine = 120

/** Finds the provider of a namespace's sessions. */
export type ProviderOf = (namespace: string) => Promise<SessionProvider>

/** Asks every running session when its terminal last changed and what stands on it last. One that cannot say is left out. */
export async function askLive(
  sessions: SessionInfo[],
  providerOf: ProviderOf,
  signal: AbortSignal,
): Promise<(session: SessionInfo) => Live | undefined> {
  const known = new Map<string, Live>()
  const waiting = sessions.filter(({ phase }) => phase === 'Running')
  const work = async () => {
    for (let session = waiting.shift(); session !== undefined; session = waiting.shift()) {
      const live = await ask(session, await providerOf(session.namespace), signal)
      if (live !== undefined) known.set(keyOf(session), live)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return (session) => known.get(keyOf(session))
}

async function ask({ name }: SessionInfo, provider: SessionProvider, signal: AbortSignal): Promise<Live | undefined> {
  const either = AbortSignal.any([signal, AbortSignal.timeout(patience)])
  try {
    await using session = await provider.open(name, { signal: either })
    const [pane, lastActivity] = await Promise.all([session.peek(), session.lastActivity()])
    return { lastActivity, lastLine: lastLine(pane) }
  } catch (error) {
    signal.throwIfAborted()
    if (isSessionError(error) || either.aborted) return undefined
    throw error
  }
}

/** The session's place in a list of several namespaces. */
export function keyOf({ namespace, name }: SessionInfo): string {
  return `${namespace}/${name}`
}

function lastLine(pane: string): string {
  const line = pane.trimEnd().split('\n').at(-1) ?? ''
  return line
    .replace(/[\x00-\x1f\x7f-\x9f]/g, '')
    .trim()
    .slice(0, longestLine)
}
