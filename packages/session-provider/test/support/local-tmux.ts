import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from 'vitest'
import { Session } from '../../src/session.ts'
import { connect } from '../../src/tmux/connect.ts'
import type { Transport } from '../../src/tmux/transport.ts'

/** A tmux server of its own, in a folder of its own. */
export interface LocalTmux {
  transport: Transport
  tmux(...args: string[]): string
  folder: string
}

function start(): LocalTmux {
  const folder = mkdtempSync(join(tmpdir(), 'gc-tmux-'))
  const env = { ...process.env, TMUX_TMPDIR: folder, TMUX: '', LANG: 'C.UTF-8' }
  const tmux = (...args: string[]) => {
    const { status, stdout, stderr, error } = spawnSync('tmux', ['-u', ...args], { env, encoding: 'utf8' })
    if (error !== undefined)
      throw new Error('these tests need tmux: install it (apt-get install tmux)', { cause: error })
    if (status !== 0) throw new Error(`tmux ${args.join(' ')}: ${stderr}`)
    return stdout
  }
  const transport: Transport = async ([command = '', ...args]) => {
    const child = spawn(command, args, { env })
    const exit = new Promise<number>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code, signal) => (code === null ? reject(new Error(`killed by ${signal}`)) : resolve(code)))
    })
    exit.catch(() => {})
    return { stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, exit, close: () => child.kill('SIGKILL') }
  }
  return { transport, tmux, folder }
}

/** Tests with a session whose terminal is raw and records every byte that it is typed. */
export const test = base.extend<{ local: LocalTmux; session: Session; received: () => Promise<Buffer> }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants a destructured parameter
  local: async ({}, use) => {
    const local = start()
    local.tmux('new-session', '-d', '-s', 'main', '-x', '100', '-y', '30', 'sh')
    await use(local)
    spawnSync('tmux', ['kill-server'], { env: { ...process.env, TMUX_TMPDIR: local.folder } })
    rmSync(local.folder, { recursive: true, force: true })
  },
  session: async ({ local }, use) => {
    const session = new Session('main', await connect(local.transport))
    await use(session)
    await session.close()
  },
  received: async ({ local }, use) => {
    const file = join(local.folder, 'received')
    local.tmux('respawn-pane', '-k', '-t', '=main:', `stty raw -echo; echo ready; exec cat >${file}`)
    const { readFile } = await import('node:fs/promises')
    while (!local.tmux('capture-pane', '-p', '-t', '=main:').includes('ready'))
      await new Promise((r) => setTimeout(r, 20))
    await use(() => readFile(file))
  },
})
