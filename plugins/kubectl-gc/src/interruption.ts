import { constants } from 'node:os'

const brand = Symbol.for('kubectl-gc/interruption')

/** Why a command was asked to end: a signal, or nobody reads its output any more. */
export class Interruption extends Error {
  readonly [brand] = true
  readonly exitCode: number
  private constructor(message: string, exitCode: number) {
    super(message)
    this.name = 'Interruption'
    this.exitCode = exitCode
  }

  /** The exit code is that of a shell: 128 and the signal's number. */
  static bySignal(signal: NodeJS.Signals): Interruption {
    return new Interruption(`interrupted by ${signal}`, 128 + constants.signals[signal])
  }

  /** Ends quietly: who stopped reading has had enough. */
  static byClosedOutput(): Interruption {
    return new Interruption('nobody reads the output', 0)
  }
}

export function isInterruption(value: unknown): value is Interruption {
  return typeof value === 'object' && value !== null && brand in value
}
