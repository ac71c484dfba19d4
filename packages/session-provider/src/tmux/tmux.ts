/** The tmux that holds a session's `main`, and how it takes commands. */
export interface Tmux {
  /** Settles when no more commands can be run through this. */
  readonly closed: Promise<void>
  readonly isClosed: boolean
  /**
   * Runs one tmux command and gives its output, byte for byte.
   * @throws {NoMainSession} the command was for `main`, which has ended
   * @throws {TmuxError} tmux refused the command
   * @throws {OutcomeUnknown} the connection was cut, or the time was over, before the answer
   */
  run(command: string): Promise<Buffer>
  /** Runs several commands as one line, which no other client's commands can come between. The first failure ends it. */
  runAll(commands: readonly string[]): Promise<void>
  close(): void
}
