import { fileURLToPath } from 'node:url'
import { run } from './run.ts'

/** How a verb is called, past its name. */
export interface VerbCall {
  args: string[]
  stdin?: string
}

/** One call of each verb of `gc-session-k8s` on a session, such that it has something to do. */
export function verbCalls(session: string): Record<string, VerbCall> {
  return {
    start: { args: [session], stdin: JSON.stringify({ command: 'sh' }) },
    provision: { args: [session], stdin: '{}' },
    'is-running': { args: [session] },
    'is-attached': { args: [session] },
    'process-alive': { args: [session], stdin: 'sh' },
    nudge: { args: [session], stdin: 'echo hello' },
    'send-keys': { args: [session, 'Enter'] },
    peek: { args: [session, '10'] },
    'watch-startup': { args: [session] },
    'set-meta': { args: [session, 'KEY'], stdin: 'value' },
    'get-meta': { args: [session, 'KEY'] },
    'remove-meta': { args: [session, 'KEY'] },
    'get-last-activity': { args: [session] },
    'clear-scrollback': { args: [session] },
    interrupt: { args: [session] },
    exec: { args: [session], stdin: 'true' },
    'proc-stream': { args: [session], stdin: 'true' },
    'copy-to': { args: [session, fileURLToPath(import.meta.url), 'copied.ts'] },
    'copy-from': { args: [session, '/etc/hostname'] },
    attach: { args: [session] },
    'list-running': { args: [''] },
    'check-image': { args: ['gc-agent:latest'] },
    stop: { args: [session] },
    protocol: { args: [] },
  }
}

/** The verbs that the executable has, as it tells itself. */
export async function presentVerbs(): Promise<string[]> {
  const { stderr } = await run('gc-session-k8s', [])
  const [, list] = /^Try: one of: (.*)$/m.exec(stderr) ?? []
  if (list === undefined) throw new Error(`gc-session-k8s does not tell its verbs: ${stderr}`)
  return list.split(' ')
}

/** Runs tasks, so many at a time. */
export async function inParallel<T, R>(
  items: readonly T[],
  width: number,
  task: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length)
  const rest = items.entries()
  const work = async () => {
    for (const [index, item] of rest) results[index] = await task(item)
  }
  await Promise.all(Array.from({ length: width }, work))
  return results
}
