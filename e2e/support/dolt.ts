import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type Connection, createConnection } from 'mysql2/promise'
import { environment, succeed } from './run.ts'

/** What Dolt needs on a small machine, as values of the sessions bundle. */
export const SMALL = ['dolt.requests.cpu=10m', 'dolt.requests.memory=64Mi', 'dolt.storage=1Gi', 'backups.storage=1Gi']

/** Applies the sessions bundle as it is rendered with these values, and waits until Dolt answers. */
export async function applySessions(namespace: string, values: string[]): Promise<void> {
  const set = [...SMALL, ...values].flatMap((value) => ['--set', value])
  const stdin = await succeed('kubectl', ['gc', 'render', 'sessions', '--namespace', namespace, ...set])
  await succeed('kubectl', ['apply', '--server-side', '-f', '-'], { stdin })
  const rollout = ['rollout', 'status', 'statefulset/dolt', '--timeout=120s']
  await succeed('kubectl', ['--namespace', namespace, ...rollout])
}

/** `kubectl gc dolt forward`, which ends with the value. */
export interface Forward extends AsyncDisposable {
  port: number
  /** What it has told so far. */
  told(): string
}

export async function forward(namespace: string): Promise<Forward> {
  const args = ['gc', 'dolt', 'forward', '--port', '0', '--namespace', namespace]
  const child = spawn('kubectl', args, { env: { ...process.env, ...environment } })
  let told = ''
  child.stderr.on('data', (chunk) => {
    told += chunk
  })
  const first = once(createInterface(child.stdout), 'line', { signal: AbortSignal.timeout(60_000) })
  const [line] = (await first.catch((cause) => {
    throw new Error(`dolt forward: ${told}`, { cause })
  })) as [string]
  return {
    port: Number(/127\.0\.0\.1:(\d+)/.exec(line)?.[1]),
    told: () => told,
    async [Symbol.asyncDispose]() {
      child.kill('SIGINT')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

/** A client of the server behind a forwarded port, as programs have one. */
export function connectTo({ port }: Forward, database?: string): Promise<Connection> {
  const connectTimeout = 90_000
  return createConnection({ host: '127.0.0.1', port, user: 'root', connectTimeout, ...(database && { database }) })
}

/** Sends SIGKILL to the server from its node: inside its container it is PID 1, which nothing there can kill. */
export async function killServer(namespace: string): Promise<void> {
  const kubectl = (...args: string[]) => succeed('kubectl', ['--namespace', namespace, ...args])
  const uid = await kubectl('get', 'pod', 'dolt-0', '-o', 'jsonpath={.metadata.uid}')
  const script = `for process in /proc/[0-9]*; do
    grep -q -e ${uid} -e ${uid.replaceAll('-', '_')} "$process/cgroup" 2>/dev/null || continue
    tr '\\0' ' ' < "$process/cmdline" | grep -q '^dolt sql-server' || continue
    kill -9 "\${process#/proc/}" && echo killed
  done`
  const name = `killer-${randomBytes(4).toString('hex')}`
  const container = {
    name,
    image: 'debian:bookworm-slim',
    imagePullPolicy: 'IfNotPresent',
    command: ['sh', '-c', script],
  }
  const spec = { hostPID: true, restartPolicy: 'Never', containers: [container] }
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec }
  await succeed('kubectl', ['--namespace', namespace, 'create', '-f', '-'], { stdin: JSON.stringify(pod) })
  await kubectl('wait', '--for=jsonpath={.status.phase}=Succeeded', `pod/${name}`, '--timeout=120s')
  const said = await kubectl('logs', name)
  if (said !== 'killed\n') throw new Error(`the server was not killed: ${said}`)
}
