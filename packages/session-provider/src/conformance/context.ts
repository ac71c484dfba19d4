import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { SessionProvider, StartConfig } from '../provider.ts'
import type { Session } from '../session.ts'

/** A provider to put through the cases. */
export interface ConformanceTarget {
  provider: SessionProvider
  /** Whether its sessions run commands. Where they do not, the cases that need that are left out. Default true. */
  processes?: boolean | undefined
  /** What the agent of a session was typed. Needed where sessions run no commands. */
  received?: ((name: string) => Promise<Uint8Array>) | undefined
  /** Begins the names of all sessions, so that two runs never meet. Default: a random one. */
  prefix?: string | undefined
}

/** One promise of a provider. */
export interface ConformanceCase {
  name: string
  /** Whether it needs sessions that run commands. */
  processes?: boolean | undefined
  /** Resolves when the promise holds; rejects with an AssertionError, or the provider's own error, when it does not. */
  run(context: ConformanceContext): Promise<void>
}

/** An agent that goes on when it is interrupted, and gives back each line that it is typed. */
const ECHO = 'trap : INT; while :; do cat; sleep 0.1; done'
/** An agent that reads bytes as they are typed. */
const RECORD = 'stty raw -echo; echo recording; exec cat >gc-received-"$RECORDER"'
const READ = 'exec cat gc-received-"$RECORDER"'

const TIMEOUT = 20_000
const LOOK_AGAIN = 50

/** What the cases of one run share: the provider, and sessions that several cases look at without changing them. */
export class ConformanceContext implements AsyncDisposable {
  readonly provider: SessionProvider
  /** Whether sessions run commands. */
  readonly processes: boolean
  readonly #target: ConformanceTarget
  readonly #prefix: string
  readonly #names = new Set<string>()
  #shared: Promise<string> | undefined
  #alike: Promise<string[]> | undefined
  #stopped: Promise<string> | undefined

  constructor(target: ConformanceTarget) {
    this.provider = target.provider
    this.processes = target.processes ?? true
    this.#target = target
    this.#prefix = target.prefix ?? `conformance-${randomBytes(4).toString('hex')}-`
  }

  /** A name of this run. The session, if there will be one, is stopped at the end. */
  name(label: string): string {
    const name = `${this.#prefix}${label}`
    this.#names.add(name)
    return name
  }

  /** Starts a session of the case's own. */
  start(label: string, config: StartConfig = { command: ECHO }): Promise<Session> {
    return this.provider.start(this.name(label), config)
  }

  /** The name of a running session that cases may drive, but neither stop nor replace. */
  shared(): Promise<string> {
    this.#shared ??= this.start('shared').then(({ name }) => name)
    return this.#shared
  }

  /** The names of three running sessions, started at once, which are one name when made into a DNS label. */
  alike(): Promise<string[]> {
    this.#alike ??= Promise.all(['rig/a_1', 'rig-a-1', 'RIG.a.1'].map(async (label) => (await this.start(label)).name))
    return this.#alike
  }

  /** The name of a session that was started and stopped. */
  stopped(): Promise<string> {
    this.#stopped ??= this.start('stopped').then(async ({ name }) => {
      await this.provider.stop(name)
      return name
    })
    return this.#stopped
  }

  /** Starts a session that keeps what it is typed, for `received`. */
  async recorder(label: string): Promise<Session> {
    const session = await this.start(label, { command: RECORD, env: { RECORDER: label } })
    if (this.processes) await eventually(async () => (await session.peek()).includes('recording'))
    return session
  }

  /** What the agent of a recorder was typed so far. */
  async received(name: string): Promise<Buffer> {
    if (this.#target.received !== undefined) return Buffer.from(await this.#target.received(name))
    const { stdout } = await this.provider.exec(name, ['sh', '-c', READ])
    return stdout
  }

  /** Stops every session of the run. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#names].map((name) => this.provider.stop(name, { gracePeriodSeconds: 1 })))
  }
}

/** Resolves when a look is true. @throws when it is not within 20 s */
export async function eventually(look: () => Promise<boolean>): Promise<void> {
  const latest = performance.now() + TIMEOUT
  while (!(await look())) {
    if (performance.now() > latest) throw new Error(`what was waited for did not come within ${TIMEOUT / 1000} s`)
    await delay(LOOK_AGAIN)
  }
}
