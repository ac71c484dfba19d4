import { capabilityChecks } from './capability-checks.ts'
import { optionalChecks } from './optional-checks.ts'
import { expectEqual, NotOffered, type Probe, UNSUPPORTED, Violation } from './probe.ts'

/** One thing that the protocol asks. Resolves with a word on what was seen. */
export interface Check {
  name: string
  run(probe: Probe): Promise<string | undefined>
  /** Whether it is about the running session, so that without one there is nothing to check. */
  needsSession?: boolean | undefined
}

const before: Check[] = [
  {
    name: 'protocol handshake',
    async run(probe) {
      const handshake = readHandshake(await probe.attempt(['protocol']))
      probe.capabilities = new Set(handshake.capabilities)
      return `version ${handshake.version}: ${handshake.capabilities.join(', ') || 'no capabilities'}`
    },
  },
  {
    name: 'unknown operation: exit 2',
    async run(probe) {
      const { exitCode } = await probe.call(['gc-conformance-no-such-operation', probe.missing])
      expectEqual(exitCode, UNSUPPORTED, 'its exit code')
      return undefined
    },
  },
  {
    name: 'lifecycle: never started',
    async run(probe) {
      expectEqual(await probe.succeed(['is-running', probe.missing]), 'false', 'is-running')
      await probe.succeed(['stop', probe.missing])
      return undefined
    },
  },
  {
    name: 'lifecycle: start',
    async run(probe) {
      await probe.succeed(['start', probe.session], probe.document)
      probe.started = true
      return undefined
    },
  },
]

const running: Check[] = [
  {
    name: 'lifecycle: is-running after start',
    async run(probe) {
      expectEqual(await probe.succeed(['is-running', probe.session]), 'true', 'is-running')
      return undefined
    },
  },
  {
    name: 'lifecycle: duplicate start',
    async run(probe) {
      const { exitCode, stderr } = await probe.call(['start', probe.session], probe.document)
      if (exitCode === 0 || exitCode === UNSUPPORTED)
        throw new Violation(`a second start exits ${exitCode}: gc takes it for one that worked`)
      if (!/already (exists|running)/i.test(stderr)) {
        throw new Violation('stderr does not say "already exists", so gc would tear the running session down')
      }
      expectEqual(await probe.succeed(['is-running', probe.session]), 'true', 'is-running after it')
      return undefined
    },
  },
]

const after: Check[] = [
  {
    name: 'lifecycle: stop',
    async run(probe) {
      await probe.succeed(['stop', probe.session])
      return undefined
    },
  },
  {
    name: 'lifecycle: is-running after stop',
    async run(probe) {
      expectEqual(await probe.succeed(['is-running', probe.session]), 'false', 'is-running')
      return undefined
    },
  },
  {
    name: 'lifecycle: stop idempotent',
    async run(probe) {
      await probe.succeed(['stop', probe.session])
      return undefined
    },
  },
  {
    name: 'optional: list-running after stop',
    async run(probe) {
      const names = (await probe.attempt(['list-running', probe.session])).split('\n')
      if (names.includes(probe.session)) throw new Violation('it lists the stopped session')
      return undefined
    },
  },
  {
    name: 'optional: process-alive after stop',
    async run(probe) {
      expectEqual(await probe.attempt(['process-alive', probe.session], 'sleep\n'), 'false', 'process-alive')
      return undefined
    },
  },
  {
    name: 'optional: interrupt after stop',
    async run(probe) {
      await probe.attempt(['interrupt', probe.session])
      return undefined
    },
  },
]

/** Every check, in the order in which they build on one another. */
export const checks: Check[] = [
  ...before,
  ...[...running, ...capabilityChecks, ...optionalChecks].map((check) => ({ ...check, needsSession: true })),
  ...after,
]

function readHandshake(text: string): { version: number; capabilities: string[] } {
  let handshake: { version?: unknown; capabilities?: unknown } | null
  try {
    handshake = JSON.parse(text)
  } catch {
    throw new Violation(`it prints no JSON: ${JSON.stringify(text.slice(0, 80))}`)
  }
  const { version = 0, capabilities = [] } = handshake ?? {}
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) {
    throw new Violation(`"version" is ${JSON.stringify(version)}`)
  }
  if (version > 0) throw new NotOffered(`it speaks version ${version}; this program knows version 0`)
  if (!Array.isArray(capabilities) || capabilities.some((name) => typeof name !== 'string')) {
    throw new Violation('"capabilities" is not a list of strings')
  }
  return { version, capabilities }
}
