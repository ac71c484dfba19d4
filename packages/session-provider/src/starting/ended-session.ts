import { PassThrough } from 'node:stream'
import { Session } from '../session.ts'
import { ControlClient } from '../tmux/control-client.ts'
import { LineSplitter } from '../tmux/lines.ts'

/** The session of an agent that has done its work already: it is closed. */
export function endedSession(name: string): Session {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const stream = { stdin, stdout, stderr, exit: Promise.resolve(0), close: () => {} }
  return new Session(name, new ControlClient(stream, new LineSplitter()))
}
