import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { test as base } from 'vitest'
import { type SupervisorOptions, supervisorCommand } from '../../src/index.ts'

const run = promisify(execFile)

/** The shells that the supervisor must run in, as far as this machine has them. */
export const shells: [name: string, ...words: string[]][] = [
  ['sh', '/bin/sh'],
  ...onPath('dash').map((path): [string, string] => ['dash', path]),
  ...onPath('bash').map((path): [string, string, string] => ['bash', path, '--posix']),
  ...onPath('busybox').map((path): [string, string, string] => ['busybox', path, 'ash']),
]

function onPath(program: string): string[] {
  const found = (process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, program))
  return found.filter((path) => existsSync(path)).slice(0, 1)
}

/** A supervisor that runs as an ordinary process, with a tmux server of its own. */
export class Supervised {
  readonly directory: string
  readonly process: ChildProcess
  readonly ended: Promise<number | string>

  constructor(directory: string, shell: string[], options: SupervisorOptions, env: Record<string, string>) {
    this.directory = directory
    const output = openSync(this.outputFile, 'a')
    const [program = '/bin/sh', ...shellArguments] = [...shell, ...supervisorCommand(options).slice(1)]
    this.process = spawn(program, shellArguments, {
      cwd: directory,
      env: { PATH: process.env.PATH, HOME: directory, TMUX_TMPDIR: directory, ...env },
      stdio: ['ignore', output, output],
    })
    closeSync(output)
    this.ended = once(this.process, 'exit').then(([code, signal]) => code ?? signal)
  }

  get outputFile(): string {
    return join(this.directory, 'output')
  }

  /** What the supervisor has printed, with the terminal's line ends made plain. */
  async output(): Promise<string> {
    return (await readFile(this.outputFile, 'utf8')).replaceAll('\r\n', '\n')
  }

  /** Resolves once it has printed this. */
  async printed(text: string): Promise<void> {
    while (!(await this.output()).includes(text)) await setTimeout(10)
  }

  /** Resolves once the agent has made this file. */
  async wrote(file: string): Promise<void> {
    while (!existsSync(join(this.directory, file))) await setTimeout(10)
  }

  /** Resolves once the supervisor's tmux server answers. */
  async up(): Promise<void> {
    while ((await this.tmux('show-options', '-sv', 'exit-empty').catch(() => '')) !== 'off\n') await setTimeout(10)
  }

  /** Resolves once there is no session `main`. */
  async gone(): Promise<void> {
    while ((await this.tmux('list-sessions', '-F', '#{session_name}').catch(() => '')).includes('main\n')) {
      await setTimeout(10)
    }
  }

  /** Resolves once this shell condition holds for the supervisor's tmux. */
  async until(condition: string): Promise<void> {
    const env = { ...process.env, TMUX_TMPDIR: this.directory }
    while (!(await run('sh', ['-c', condition], { env }).then(Boolean, () => false))) await setTimeout(10)
  }

  /** Resolves at a time of `performance.now()`. */
  async elapsed(time: number): Promise<void> {
    await setTimeout(time - performance.now())
  }

  async tmux(...command: string[]): Promise<string> {
    const { stdout } = await run('tmux', ['-u', ...command], { env: { ...process.env, TMUX_TMPDIR: this.directory } })
    return stdout
  }

  signal(name: NodeJS.Signals): void {
    this.process.kill(name)
  }

  async end(): Promise<void> {
    const panes = await this.tmux('list-panes', '-a', '-F', '#{pane_pid}').catch(() => '')
    this.process.kill('SIGKILL')
    await this.ended
    await this.tmux('kill-server').catch(() => {})
    for (const pane of panes.split('\n').filter(Boolean)) await run('pkill', ['-KILL', '-s', pane]).catch(() => {})
    await rm(this.directory, { recursive: true, force: true, maxRetries: 5 })
  }
}

type Supervise = (
  options: SupervisorOptions & { shell?: string[]; env?: Record<string, string> },
) => Promise<Supervised>

/** `supervise(options)` starts a supervisor that ends with the test. */
export const test = base.extend<{ supervise: Supervise }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the pattern
  supervise: async ({}, use) => {
    await run('tmux', ['-V']).catch((cause) => {
      throw new Error('These tests run the supervisor under tmux: install tmux on this machine.', { cause })
    })
    const started: Supervised[] = []
    await use(async ({ shell = ['/bin/sh'], env = {}, ...options }) => {
      const directory = await mkdtemp(join(tmpdir(), 'gc-agent-'))
      const supervised = new Supervised(directory, shell, options, env)
      started.push(supervised)
      return supervised
    })
    for (const supervised of started) await supervised.end()
  },
})
