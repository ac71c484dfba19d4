import { spawn } from 'node:child_process'
import { CredentialError } from '../errors.ts'
import type { ExecPlugin } from './kubeconfig.ts'

const errorTail = 2000

/**
 * Runs a credential plugin and returns what it printed. On a terminal the plugin may ask the user: it then shares our
 * stdin and stderr; elsewhere it gets no input, and the end of its stderr goes into the error.
 * @throws {CredentialError} it is not installed, it needs a terminal and there is none, or it fails
 */
export function runPlugin(
  plugin: ExecPlugin,
  info: { spec: { interactive: boolean } },
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const command = plugin.command ?? ''
  const mode = plugin.interactiveMode ?? 'IfAvailable'
  const interactive = mode !== 'Never' && process.stdin.isTTY === true
  if (mode === 'Always' && !interactive) {
    return Promise.reject(
      new CredentialError(`the credential plugin ${command} needs a terminal, and there is none`, {
        suggestion: 'Run the command from a terminal, or use a plugin that works unattended.',
      }),
    )
  }
  const childEnv = { ...env }
  for (const { name, value } of plugin.env ?? []) childEnv[name] = value
  childEnv.KUBERNETES_EXEC_INFO = JSON.stringify({ ...info, spec: { ...info.spec, interactive } })

  return new Promise((resolve, reject) => {
    const child = spawn(command, plugin.args ?? [], {
      env: childEnv,
      stdio: [interactive ? 'inherit' : 'ignore', 'pipe', interactive ? 'inherit' : 'pipe'],
      windowsHide: true,
    })
    const output: Buffer[] = []
    let complaint = ''
    child.stdout?.on('data', (chunk: Buffer) => output.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-errorTail)
    })
    child.on('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'ENOENT' ? 'it is not installed' : cause.message
      const suggestion =
        plugin.installHint ?? `Install ${command}, or correct the user's exec stanza in the kubeconfig.`
      reject(new CredentialError(`cannot run the credential plugin ${command}: ${why}`, { cause, suggestion }))
    })
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(Buffer.concat(output).toString('utf8'))
      const how = signal ? `was killed by ${signal}` : `ended with exit code ${code}`
      const said = complaint.trim() === '' ? '' : `: ${complaint.trim()}`
      const suggestion = plugin.installHint ?? 'Log in again with the tool that wrote this kubeconfig.'
      reject(new CredentialError(`the credential plugin ${command} ${how}${said}`, { suggestion }))
    })
  })
}
