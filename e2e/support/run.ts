import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

export interface Result {
  exitCode: number | null
  stdout: string
  stderr: string
}

export interface RunOptions {
  stdin?: string | undefined
  env?: Record<string, string | undefined> | undefined
}

/** What every test asks of the cluster per agent, so that many fit on a small machine. */
export const environment: Record<string, string> = {
  GC_K8S_IMAGE: process.env.KUBECTL_GC_TEST_IMAGE ?? 'gc-agent:latest',
  GC_K8S_CPU_REQUEST: '10m',
  GC_K8S_MEM_REQUEST: '32Mi',
}

/** Runs a program to its end. */
export async function run(program: string, args: string[], options: RunOptions = {}): Promise<Result> {
  const child = spawn(program, args, { env: { ...process.env, ...environment, ...options.env } })
  child.stdin.on('error', () => {}) // the program may end without reading its input
  child.stdin.end(options.stdin ?? '')
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  const [exitCode, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  return { exitCode, stdout, stderr }
}

/** Runs a program that must succeed; its standard output. */
export async function succeed(program: string, args: string[], options: RunOptions = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await run(program, args, options)
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${exitCode}: ${stderr}${stdout}`)
  return stdout
}
