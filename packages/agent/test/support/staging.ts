import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { STAGING_CONDITION } from '../../src/index.ts'
import type { Supervised } from './supervise.ts'

/** Who stages: a tmux control client in a session of its own. */
export class Staging {
  readonly #client: ChildProcess

  private constructor(client: ChildProcess) {
    this.#client = client
  }

  static async begin(supervised: Supervised): Promise<Staging> {
    await supervised.until(STAGING_CONDITION)
    const command = ['-u', '-C', 'new-session', '-A', '-s', 'gc-control', 'read -r _', ';']
    const client = spawn('tmux', [...command, 'set-option', 'destroy-unattached', 'on'], {
      env: { ...process.env, TMUX_TMPDIR: supervised.directory },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    await once(client.stdout, 'data')
    return new Staging(client)
  }

  /** Resolves once tmux has carried the commands out. */
  async send(commands: readonly string[]): Promise<void> {
    const mark = `sent-${Math.random()}`
    this.#client.stdin?.write(`${commands.join(' ; ')}\ndisplay-message -p ${mark}\n`)
    for (let text = ''; !text.includes(mark); ) {
      const [chunk] = await once(this.#client.stdout as NodeJS.ReadableStream, 'data')
      text += chunk
    }
  }

  kill(): void {
    this.#client.kill('SIGKILL')
  }
}
