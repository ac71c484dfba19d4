import { PassThrough, Readable, Writable } from 'node:stream'
import type { Client } from '@kubectl-gc/kube'
import type { SessionDefaults, Target } from '../../src/flags/target.ts'
import { run } from '../../src/run.ts'
import type { Cluster, Input, Output } from '../../src/runtime.ts'
import { MemorySessions } from './memory-sessions.ts'

/** A stream that keeps what it is given. */
export class Sink extends Writable implements Output {
  text = ''
  isTTY?: boolean
  columns?: number
  rows?: number
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}

/** A terminal to type at, that remembers whether it was raw. */
export class Keyboard extends PassThrough implements Input {
  readonly isTTY = true
  readonly raw: boolean[] = []
  setRawMode(on: boolean): void {
    this.raw.push(on)
  }
}

export interface World {
  sessions?: MemorySessions
  client?: Partial<Client>
  stdin?: Input
  stdout?: Sink
  stderr?: Sink
  env?: NodeJS.ProcessEnv
  cwd?: string
  signal?: AbortSignal
}

/** Runs `kubectl gc ARGV...` in a world of its own. */
export async function gc(argv: string[], world: World = {}) {
  const { sessions = new MemorySessions(), stdout = new Sink(), stderr = new Sink() } = world
  const targets: { target: Target; defaults: SessionDefaults | undefined }[] = []
  const code = await run(argv, {
    stdin: world.stdin ?? Readable.from([]),
    stdout,
    stderr,
    env: world.env ?? {},
    cwd: world.cwd ?? '/',
    signal: world.signal ?? new AbortController().signal,
    now: () => new Date('2026-01-01T02:00:00Z'),
    async openSessions(target, defaults) {
      targets.push({ target, defaults })
      sessions.closed = false
      return sessions
    },
    async openCluster(target) {
      const cluster = { namespace: target.namespace ?? 'gc', client: world.client as Client }
      return { ...cluster, async [Symbol.asyncDispose]() {} } satisfies Cluster
    },
  })
  return { code, stdout: stdout.text, stderr: stderr.text, targets, sessions }
}
