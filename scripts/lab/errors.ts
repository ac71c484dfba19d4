/** A failure that says what is wrong, with which object, and what to do next; shown without a stack. */
export class LabError extends Error {
  override readonly name: string = 'LabError'
}

/** A command that did not exit with 0, with the end of what it printed and where all of it is. */
export class CommandFailed extends LabError {
  override readonly name = 'CommandFailed'
  readonly output: string

  constructor(command: string, ending: string, output: string, log?: string, cause?: unknown) {
    const tail = output.trimEnd().split('\n').slice(-20).join('\n')
    super([`${command}: ${ending}`, tail, log && `All of its output: ${log}`].filter(Boolean).join('\n'), { cause })
    this.output = output
  }
}
