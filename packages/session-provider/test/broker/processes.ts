import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'
import { ask } from '../../src/broker/ask.ts'
import { BROKER_STATUS } from '../../src/broker/request.ts'
import type { BrokerStatus } from '../../src/broker/status.ts'
import { PROTOCOL } from '../../src/broker/version.ts'
import { ApiServer } from './api-server.ts'
import { test as base } from './support.ts'

const program = fileURLToPath(new URL('./program.ts', import.meta.url))

export interface Result {
  exitCode: number | null
  stdout: string
  stderr: string
}

/** Processes of `gc-session-k8s` that share a user, a kubeconfig and an API server. */
export class Processes {
  readonly server: ApiServer
  readonly #folder: string
  env: Record<string, string> = {}

  constructor(server: ApiServer, folder: string) {
    this.server = server
    this.#folder = folder
    this.configure(server.url)
  }

  get directory(): string {
    return join(this.#folder, 'kubectl-gc')
  }

  configure(url: string): void {
    const config = {
      clusters: [{ name: 'c', cluster: { server: url } }],
      users: [{ name: 'u', user: { token: 't' } }],
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'c',
    }
    writeFileSync(join(this.#folder, 'config'), JSON.stringify(config))
  }

  start(args: string[], options: SpawnOptions = {}): ChildProcess {
    const own = { KUBECONFIG: join(this.#folder, 'config'), XDG_RUNTIME_DIR: this.#folder, GC_K8S_BROKER_IDLE: '20s' }
    const env = { PATH: process.env.PATH, HOME: '/nonexistent', ...own, ...this.env }
    return spawn(process.execPath, ['--conditions=@kubectl-gc/source', program, ...args], { env, ...options })
  }

  async run(args: string[], input = ''): Promise<Result> {
    return ended(this.start(args), input)
  }

  /** Calls until a broker answers: not before a kubeconfig that has just been written may be relied on. */
  async warmUp(): Promise<BrokerStatus> {
    const call = async () => {
      await this.run(['list-running', ''])
      const status = await this.status()
      return status !== undefined && status.requests > 0 && status
    }
    return await vi.waitUntil(call, { timeout: 15_000, interval: 200 })
  }

  get sockets(): string[] {
    const files = readdirSync(this.#folder).includes('kubectl-gc') ? readdirSync(this.directory) : []
    return files.filter((name) => name.endsWith('.sock')).map((name) => join(this.directory, name))
  }

  async status(): Promise<BrokerStatus | undefined> {
    const [socket] = this.sockets
    const request = { protocol: PROTOCOL, version: '0.0.0', operation: BROKER_STATUS, name: '', args: [], env: {} }
    const answer = socket === undefined ? 'absent' : await ask(socket, request)
    return typeof answer === 'object' ? JSON.parse(answer.stdout.toString()) : undefined
  }

  /** The processes that are brokers here. */
  brokers(): number[] {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    return pids.map(Number).filter((pid) => commandLine(pid).includes(`--broker\0${this.directory}\0`))
  }

  end(): void {
    for (const pid of this.brokers()) process.kill(pid, 'SIGKILL')
  }
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

/** What a process gives once both of its pipes are at their end. */
export async function ended(child: ChildProcess, input = ''): Promise<Result> {
  child.stdin?.on('error', () => {}) // it may end without reading
  child.stdin?.end(input)
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [exitCode, stdout, stderr] = await Promise.all([
    exit,
    text(child.stdout ?? Readable.from([])),
    text(child.stderr ?? Readable.from([])),
  ])
  return { exitCode, stdout, stderr }
}

export const test = base.extend<{ processes: Processes }>({
  processes: async ({ folder }, use) => {
    await using server = await ApiServer.open()
    server.put('mayor')
    const processes = new Processes(server, folder)
    await use(processes)
    processes.end()
    rmSync(folder, { recursive: true, force: true })
  },
})
