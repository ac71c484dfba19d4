import { tmuxLine } from '../exec-provider/tmux-line.ts'

/** How an operation of `gc-session-k8s` travels by the broker. */
interface Travel {
  /** It reads standard input to its end. */
  input?: true
  /** It may be carried out twice without harm, so one whose answer was lost goes again, directly. */
  again?: true
  /** What its input must be. */
  only?: (input: Buffer) => boolean
}

/** The operations that may. The others need this process, or carry more than a broker should hold in memory. */
const OPERATIONS: Record<string, Travel> = {
  start: { input: true },
  stop: { again: true },
  'is-running': { again: true },
  'list-running': { again: true },
  nudge: { input: true },
  peek: { again: true },
  'send-keys': {},
  interrupt: {},
  'clear-scrollback': { again: true },
  'set-meta': { input: true },
  'get-meta': { again: true },
  'remove-meta': { again: true },
  'process-alive': { input: true, again: true },
  'is-attached': { again: true },
  'get-last-activity': { again: true },
  exec: { input: true, only: (input) => tmuxLine(input) !== undefined },
}

/** How an operation travels; undefined: not at all. */
export function travelOf(operation: string): Travel | undefined {
  return Object.hasOwn(OPERATIONS, operation) ? OPERATIONS[operation] : undefined
}
