import { setTimeout } from 'node:timers/promises'

/** Milliseconds between looks at the processes. */
const LOOK = 200

/** Milliseconds to wait for an agent's process in all, and while no process comes or goes. */
const LONGEST = 30_000
const STILL = 5000

/**
 * Waits until a process of one of these names runs in a session: gc's sign that the agent itself has begun, rather than
 * a shell that leads to it. gc waits for 30 s, and goes on without.
 * @param look gives the names of the processes there; one that fails is made again
 * @returns whether it came
 */
export async function awaitProcess(
  names: readonly string[],
  look: () => Promise<readonly string[]>,
  signal: AbortSignal,
  { longest = LONGEST, still = STILL } = {},
): Promise<boolean> {
  const began = performance.now()
  let before = ''
  for (let changed = began; ; ) {
    const running = await look().catch(() => [])
    if (running.some((name) => names.includes(name))) return true
    const now = performance.now()
    const all = running.join('\n')
    if (all !== before) changed = now
    before = all
    if (now - began >= longest || now - changed >= still) return false
    await setTimeout(LOOK, undefined, { signal })
  }
}
