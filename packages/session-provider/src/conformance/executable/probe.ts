import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Answer, call } from './call.ts'

/** The protocol's code for an operation that an executable does not have. */
export const UNSUPPORTED = 2

/** What the check asks for does not hold. */
export class Violation extends Error {}

/** The executable does not offer what the check asks for, and need not. */
export class NotOffered extends Error {}

/** One run of the checks against one executable: its sessions and what it declared. */
export class Probe {
  readonly executable: string
  /** What the sessions run. */
  readonly command: string
  /** The session of all checks that need a running one. */
  readonly session: string
  /** One that is never started. */
  readonly missing: string
  /** One that is provisioned without an agent. */
  readonly provisioned: string
  /** From the handshake; empty until then, and without one. */
  capabilities = new Set<string>()
  /** Whether `session` was started. */
  started = false

  readonly #signal: AbortSignal | undefined
  readonly #workDir: string

  constructor(executable: string, command: string, signal: AbortSignal | undefined) {
    this.executable = executable
    this.command = command
    this.#signal = signal
    this.#workDir = mkdtempSync(join(tmpdir(), 'gc-conformance-'))
    this.session = `gc-conformance-${randomBytes(4).toString('hex')}`
    this.missing = `${this.session}-missing`
    this.provisioned = `${this.session}-provisioned`
  }

  /** Calls an operation, whatever comes of it. */
  call(args: string[], stdin = ''): Promise<Answer> {
    return call(this.executable, args, { stdin, signal: this.#signal })
  }

  /** Calls an operation that must succeed. Its output, without the newlines at its end, as gc reads it. */
  async succeed(args: string[], stdin = ''): Promise<string> {
    const answer = await this.call(args, stdin)
    if (answer.exitCode === UNSUPPORTED) throw new Violation(`${args[0]} exits 2: it is not supported`)
    return output(args, answer)
  }

  /** Calls an operation that an executable need not have. @throws {NotOffered} it has not */
  async attempt(args: string[], stdin = ''): Promise<string> {
    const answer = await this.call(args, stdin)
    if (answer.exitCode === UNSUPPORTED) throw new NotOffered(`${args[0]} exits 2`)
    return output(args, answer)
  }

  /** The document that `start` and `provision` get. Its work_dir is empty, since a provider may copy what is there. */
  get document(): string {
    return JSON.stringify({ work_dir: this.#workDir, command: this.command })
  }

  /** Ends every session that the checks may have made, and removes their folder. */
  async cleanUp(): Promise<void> {
    const names = [this.session, this.missing, this.provisioned]
    await Promise.allSettled(names.map((name) => call(this.executable, ['stop', name])))
    await rm(this.#workDir, { recursive: true, force: true })
  }
}

function output([operation]: string[], { exitCode, stdout, stderr }: Answer): string {
  if (exitCode !== 0) throw new Violation(`${operation} exits ${exitCode}: ${stderr.trim() || 'nothing on stderr'}`)
  return stdout.replace(/\n+$/, '')
}

/** @throws {Violation} they differ */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  if (actual === expected) return
  throw new Violation(`${what} gives ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`)
}
