import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { Client, ObjectName } from '@kubectl-gc/kube'
import { doltClient } from '@kubectl-gc/manifests'
import { UsageError } from '../errors/usage.ts'
import { isFileError } from './file-error.ts'
import { CONTAINER } from './find-pod.ts'

/** One server, and until when it is asked. */
export interface Dolt {
  client: Client
  pod: ObjectName
  signal: AbortSignal
}

/** A command of the server's container that has ended with 0. */
interface Script {
  /** POSIX shell. `q` in it is Dolt's own client, `say` tells a person of a step. */
  script: string
  args: string[]
  stdin?: Readable | undefined
  /** Takes what the script prints; default: it is returned. */
  stdout?: ((output: AsyncIterable<Uint8Array>) => Promise<void>) | undefined
  /** Told of each step. */
  onStep?: ((step: string) => void) | undefined
}

const words = doltClient.map((word) => `'${word}'`).join(' ')
const mark = '#step '
/** Not even a client that has gone away keeps a script from telling a step, and so from ending what it has begun. */
const prelude = `set -eu
trap '' PIPE
umask 077
q() { ${words} "$@"; }
say() { echo '${mark}'"$*" >&2 || true; }
`

/**
 * Runs a script in the server's container.
 * @returns what it printed
 * @throws {UsageError} it ended with anything but 0; the message is the last thing that it complained of
 * @throws {KubeError} it could not be started, or nobody knows how it ended
 */
export async function runScript({ client, pod, signal }: Dolt, { script, args, ...streams }: Script): Promise<Buffer> {
  const command = ['sh', '-c', prelude + script, 'sh', ...args]
  const stream = await client.exec(pod, { command, container: CONTAINER, stdin: streams.stdin !== undefined, signal })
  const complaints = listen(stream.stderr, streams.onStep)
  complaints.catch(() => {})
  let unsent: unknown
  // A command whose input has failed would wait for the rest of it for ever; one that has ended reads no more of it.
  const giveUp = (error: unknown) => {
    unsent = error
    stream.close()
  }
  if (streams.stdin !== undefined) pipeline(streams.stdin, stream.stdin).catch(giveUp)
  const output = streams.stdout === undefined ? buffer(stream.stdout) : streams.stdout(stream.stdout)
  try {
    const [printed, code] = await Promise.all([output, stream.exit])
    const told = await complaints
    if (code !== 0) throw failure(code, told, pod)
    return printed ?? Buffer.alloc(0)
  } catch (error) {
    throw isFileError(unsent)
      ? new UsageError(`cannot read what is to be sent: ${unsent.message}`, undefined, unsent)
      : error
  } finally {
    stream.close()
  }
}

function failure(code: number, told: string, { name, namespace }: ObjectName): UsageError {
  // 128 and a signal's number: nothing but the end of the container kills what runs in it.
  const why = code > 128 ? 'its pod ended meanwhile' : told || `a command in it ended with exit code ${code}`
  return new UsageError(
    `the Dolt server in namespace ${namespace}: ${why}`,
    `kubectl logs ${name} --namespace ${namespace}`,
  )
}

/** The answer to a query, as rows. */
export async function query<Row>(dolt: Dolt, sql: string, database?: string): Promise<Row[]> {
  const script = 'if [ -z "$1" ]; then q sql -r json -q "$2"; else q --use-db "$1" sql -r json -q "$2"; fi'
  const printed = await runScript(dolt, { script, args: [database ?? '', sql] })
  const text = printed.toString().trim()
  return text === '' ? [] : ((JSON.parse(text) as { rows?: Row[] }).rows ?? [])
}

async function listen(stderr: Readable, onStep: ((step: string) => void) | undefined): Promise<string> {
  const lines: string[] = []
  let rest = ''
  const take = (line: string) => {
    if (line.startsWith(mark)) onStep?.(line.slice(mark.length))
    else if (line.trim() !== '') lines.push(line.trim())
  }
  for await (const chunk of stderr.setEncoding('utf8')) {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    parts.forEach(take)
  }
  take(rest)
  return lines.slice(-5).join('; ')
}
