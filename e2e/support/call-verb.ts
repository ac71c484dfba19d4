import { spawn } from 'node:child_process'
import { spawn as spawnInTerminal } from '@lydell/node-pty'
import { environment, type Result, run } from './run.ts'
import type { VerbCall } from './verb-calls.ts'

/** Runs a verb to its end; one that goes on by itself is ended once it shows something, which is its success. */
export function callVerb(verb: string, { args, stdin }: VerbCall, env: Record<string, string>): Promise<Result> {
  if (verb === 'attach') return attach(args, env)
  if (verb === 'watch-startup') return untilFirstOutput([verb, ...args], env)
  return run('gc-session-k8s', [verb, ...args], { stdin, env })
}

/** Attaches, and detaches as a person does. */
function attach(args: string[], env: Record<string, string>): Promise<Result> {
  const all = { ...process.env, ...environment, ...env, TERM: 'xterm-256color' } as Record<string, string>
  const pty = spawnInTerminal('gc-session-k8s', ['attach', ...args], { cols: 200, rows: 30, env: all })
  let output = ''
  pty.onData((data) => {
    output += data
    if (data.includes('[main')) pty.write('\x02d') // tmux shows its status line; C-b d
  })
  return new Promise((resolve) => {
    pty.onExit(({ exitCode }) =>
      resolve({ exitCode, stdout: '', stderr: exitCode === 0 ? '' : output.replaceAll('\r', '') }),
    )
  })
}

function untilFirstOutput(args: string[], env: Record<string, string>): Promise<Result> {
  const child = spawn('gc-session-k8s', args, {
    env: { ...process.env, ...environment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk
    child.kill()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ exitCode: stdout === '' ? code : 0, stdout, stderr }))
  })
}
