import type { Context } from './benchmark.ts'
import { run } from './process.ts'

/** An agent that reads and says nothing. */
export const AGENT = JSON.stringify({ command: 'cat >/dev/null' })

/** Runs an action while these sessions run. */
export async function withSessions<T>(
  { executable, env }: Context,
  names: readonly string[],
  action: () => Promise<T>,
): Promise<T> {
  const each = (operation: string, stdin?: string) =>
    inBatches(names, 5, (name) => run({ argv: [executable, operation, name], stdin }, env))
  await each('start', AGENT)
  try {
    return await action()
  } finally {
    await each('stop')
  }
}

/** Runs an action on each item, so many at a time. */
export async function inBatches<T>(items: readonly T[], width: number, action: (item: T) => Promise<unknown>) {
  const rest = items.values()
  const work = async () => {
    for (const item of rest) await action(item)
  }
  await Promise.all(Array.from({ length: width }, work))
}
