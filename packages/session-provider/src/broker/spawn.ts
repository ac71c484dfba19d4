import { spawn } from 'node:child_process'
import { openSync, rmSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { BROKER_WORD } from './words.ts'

/** Milliseconds after which a broker that was being born is taken for dead. */
const BIRTH = 10_000

export function lockPath(directory: string, key: string): string {
  return `${directory}/${key}.lock`
}

/**
 * Starts a broker that this process leaves behind: in a session of its own, with none of our descriptors, because gc
 * reads a verb's pipes to their end and then ends its process group. Of several callers one starts it.
 */
export function spawnBroker(directory: string, key: string, env: NodeJS.ProcessEnv): void {
  if (!isFirst(lockPath(directory, key))) return
  const [program, ...args] = ownProgram()
  const child = spawn(program, [...args, BROKER_WORD, directory, key], {
    detached: true,
    stdio: 'ignore',
    cwd: '/',
    env: withAbsolutePaths(env),
  })
  child.on('error', () => {}) // then every verb goes directly
  child.unref()
}

/** How to run this program again: Node and its script, or the one file that both have been compiled into. */
function ownProgram(): [string, ...string[]] {
  const script = process.argv[1]
  return script === undefined || isCompiled() ? [process.execPath] : [process.execPath, ...process.execArgv, script]
}

function isCompiled(): boolean {
  return process.argv[1]?.startsWith('/$bunfs/') === true
}

function withAbsolutePaths(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (!env.KUBECONFIG) return env
  const paths = env.KUBECONFIG.split(':').map((path) => (path === '' ? path : resolve(path)))
  return { ...env, KUBECONFIG: paths.join(':') }
}

function isFirst(path: string): boolean {
  for (const mayClear of [true, false]) {
    try {
      openSync(path, 'wx', 0o600)
      return true
    } catch {
      const born = statSync(path, { throwIfNoEntry: false })?.mtimeMs
      if (!mayClear || (born !== undefined && Date.now() - born < BIRTH)) return false
      rmSync(path, { force: true })
    }
  }
  return false
}
