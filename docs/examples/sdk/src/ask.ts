import type { SessionProvider } from '@kubectl-gc/session-provider'

/**
 * Types a question into a session and waits for the answer on its screen.
 * @param answer what the answer looks like
 */
export async function ask(
  provider: SessionProvider,
  session: string,
  question: string,
  answer: RegExp,
  signal?: AbortSignal,
): Promise<string> {
  await provider.nudge(session, question, { signal })
  for await (const screen of provider.peek(session, { follow: true, signal })) {
    const found = screen.match(answer)
    if (found !== null) return found[0]
  }
  throw new Error(`session "${session}" ended without an answer`)
}
