import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** A program with its arguments, and what it reads. */
export interface Command {
  argv: string[]
  stdin?: string | undefined
}

const PATIENCE = 300_000

/** Runs a program to its end. @returns its standard output @throws {Error} it did not end with 0 within five minutes */
export async function run({ argv, stdin }: Command, env: NodeJS.ProcessEnv): Promise<string> {
  const [program = '', ...args] = argv
  const child = spawn(program, args, { env, stdio: 'pipe', timeout: PATIENCE, killSignal: 'SIGKILL' })
  child.stdin.on('error', () => {}) // it may end without reading
  child.stdin.end(stdin ?? '')
  const [output, complaint] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  if (child.exitCode !== 0)
    throw new Error(`${argv.join(' ')} ended with ${child.signalCode ?? child.exitCode}: ${complaint}`)
  return output
}

/** Milliseconds from the program's start to its end. */
export async function timed(command: Command, env: NodeJS.ProcessEnv): Promise<number> {
  const started = performance.now()
  await run(command, env)
  return performance.now() - started
}

/** What any script must spend on a session verb with kubectl: to find the pod, then to run tmux in it. */
export async function kubectlFloor(session: string, env: NodeJS.ProcessEnv): Promise<number> {
  const started = performance.now()
  const find = ['kubectl', 'get', 'pods', '-l', `gc-session=${session}`, '-o', 'jsonpath={.items[0].metadata.name}']
  const namespace = ['-n', env.GC_K8S_NAMESPACE ?? '']
  const pod = await run({ argv: [...find, ...namespace] }, env)
  await run({ argv: ['kubectl', 'exec', pod, ...namespace, '--', 'tmux', 'has-session', '-t', '=main'] }, env)
  return performance.now() - started
}
