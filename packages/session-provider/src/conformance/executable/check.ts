import { expectEqual, type Probe } from './probe.ts'

/** One thing that the protocol asks. Resolves with a word on what was seen. */
export interface Check {
  name: string
  run(probe: Probe): Promise<string | undefined>
  /** Whether it is about the running session, so that without one there is nothing to check. */
  needsSession?: boolean | undefined
}

/** A check after which there is nothing more to say. */
export function check(name: string, ask: (probe: Probe) => Promise<unknown>): Check {
  return {
    name,
    async run(probe) {
      await ask(probe)
      return undefined
    },
  }
}

/** A check of whether the session of the run is told to run. */
export function isRunning(name: string, expected: 'true' | 'false'): Check {
  return check(name, async (probe) => {
    expectEqual(await probe.succeed(['is-running', probe.session]), expected, 'is-running')
  })
}
