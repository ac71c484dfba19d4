import { createHash } from 'node:crypto'
import { type Client, isApiError, type ObjectName, resource } from '@kubectl-gc/kube'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { inOrder } from '../../city/graph.ts'
import { explain } from '../../errors/explain.ts'
import type { Part } from '../part.ts'
import { withoutTerminal } from '../redact/text.ts'

const pods = resource<Pod>('', 'v1', 'pods')
/** Bytes of each log: of a longer one, its end. */
const mostBytes = 512 * 1024
/** Characters of the name of a log, so that it fits into an archive with its folder. */
const longestName = 76
/** Logs that are read at a time, and in all. */
const parallel = 5
const mostLogs = 300

/** The ends of the logs of every container of the namespace, also of those that have ended. */
export const logsPart: Part = async ({ cluster: { client, namespace }, signal, tail, leftOut }) => {
  const { items } = await client.list(pods, { namespace, signal })
  const all = items.flatMap((pod) => logsOf(pod))
  if (all.length > mostLogs) leftOut(`${all.length - mostLogs} of ${all.length} logs`)
  const tasks = all.slice(0, mostLogs).map((log, index) => ({ name: String(index), after: [], log }))
  const files: Record<string, string> = {}
  const read = async ({ log: { pod, container, previous } }: (typeof tasks)[number]) => {
    const name = `${pod}.${container}${previous ? '.previous' : ''}`
    const text = await readLog(client, { name: pod, namespace }, { container, previous, tailLines: tail, signal })
    files[`logs/${shortened(name)}.log`] = text
  }
  const outcomes = await inOrder(tasks, read, { limit: parallel, signal })
  signal.throwIfAborted()
  for (const [index, outcome] of outcomes) {
    if (!('failed' in outcome) || isWaiting(outcome.failed)) continue
    const { pod, container } = all[Number(index)] ?? {}
    leftOut(`the log of ${pod}.${container} could not be had: ${explain(outcome.failed).line}`)
  }
  return files
}

interface Log {
  pod: string
  container: string
  previous: boolean
}

function logsOf({ metadata, status }: Pod): Log[] {
  const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
  return containers.flatMap(({ name, lastState }) => {
    const log = { pod: metadata?.name ?? '', container: name, previous: false }
    return lastState?.terminated !== undefined ? [log, { ...log, previous: true }] : [log]
  })
}

/** Whether the container has not begun yet. Its status tells that it has some 300 ms late, so it is asked all the same. */
function isWaiting(error: unknown): boolean {
  return isApiError(error, 'BadRequest') && error.message.includes('waiting to start')
}

type Options = NonNullable<Parameters<Client['logs']>[1]>

async function readLog(client: Client, pod: ObjectName, options: Options): Promise<string> {
  let chunks: Uint8Array[] = []
  let [bytes, isCut] = [0, false]
  const cut = () => {
    const all = Buffer.concat(chunks)
    isCut ||= all.length > mostBytes
    chunks = [all.subarray(-mostBytes)]
    bytes = Math.min(all.length, mostBytes)
  }
  for await (const chunk of client.logs(pod, options)) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > 4 * mostBytes) cut()
  }
  cut()
  const text = Buffer.concat(chunks).toString()
  // What is left of a line that was cut could be what is left of a secret.
  return withoutTerminal(isCut ? text.slice(text.indexOf('\n') + 1 || text.length) : text)
}

/** A name that an archive takes; a longer one keeps its beginning, and a hash tells it from others. */
function shortened(name: string): string {
  if (name.length <= longestName) return name
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8)
  return `${name.slice(0, longestName - 1 - hash.length)}~${hash}`
}
