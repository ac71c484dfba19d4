import { UsageError } from '../errors/usage.ts'

/** Something to do, and what must have been done before. */
export interface Task {
  name: string
  after: readonly string[]
}

/** How a task went. */
export type Outcome<T> = { done: T } | { failed: unknown } | { skipped: string }

/**
 * Refuses tasks that wait for one another.
 * @throws {UsageError} names the circle
 */
export function assertNoCycle(tasks: readonly Task[], what: string): void {
  const byName = new Map(tasks.map((task) => [task.name, task]))
  const finished = new Set<string>()
  const visit = (name: string, path: string[]) => {
    if (finished.has(name)) return
    const at = path.indexOf(name)
    if (at !== -1) {
      const circle = [...path.slice(at), name].join(' -> ')
      throw new UsageError(`${what} wait for one another: ${circle}`, 'take one of these out of depends_on')
    }
    for (const other of byName.get(name)?.after ?? []) visit(other, [...path, name])
    finished.add(name)
  }
  for (const { name } of tasks) visit(name, [])
}

/**
 * Does every task once those before it are done, as many at a time as may be. A task whose predecessor failed, or was
 * skipped, is skipped. Predecessors that are no tasks count as done. Once the signal fires, none begins.
 */
export async function inOrder<Kind extends Task, T>(
  tasks: readonly Kind[],
  act: (task: Kind) => Promise<T>,
  { limit, signal }: { limit: number; signal: AbortSignal },
): Promise<Map<string, Outcome<T>>> {
  const slots = new Slots(limit)
  const outcomes = new Map<string, Promise<Outcome<T>>>()
  const begin = async (task: Kind): Promise<Outcome<T>> => {
    for (const other of task.after) {
      const before = await outcome(other)
      if (before !== undefined && !('done' in before)) return { skipped: other }
    }
    await slots.take()
    try {
      signal.throwIfAborted()
      return { done: await act(task) }
    } catch (error) {
      return { failed: error }
    } finally {
      slots.give()
    }
  }
  const byName = new Map(tasks.map((task) => [task.name, task]))
  const outcome = (name: string): Promise<Outcome<T>> | undefined => {
    const task = byName.get(name)
    if (task === undefined) return undefined
    const known = outcomes.get(name) ?? Promise.resolve().then(() => begin(task))
    outcomes.set(name, known)
    return known
  }
  const all = await Promise.all(tasks.map(async ({ name }) => [name, await outcome(name)] as const))
  return new Map(all.filter((entry): entry is [string, Outcome<T>] => entry[1] !== undefined))
}

/** How many may go on at a time. */
class Slots {
  #free: number
  readonly #waiting: (() => void)[] = []
  constructor(count: number) {
    this.#free = count
  }

  async take(): Promise<void> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  give(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#free += 1
    else next()
  }
}
