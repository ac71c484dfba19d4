import { KubeError, TimeoutError } from '../errors.ts'
import { resource } from '../objects.ts'
import { withDeadline } from '../rest/deadline.ts'
import { objectPath } from '../rest/path.ts'
import type { Transport } from '../rest/transport.ts'
import { connect } from './connect.ts'
import type { ExecOptions, ExecStream } from './exec.ts'
import { Running } from './running.ts'

const pods = resource('', 'v1', 'pods')
const purpose = { what: 'exec', protocol: 'v5.channel.k8s.io' }

/** Starts a command in a container; resolves when the websocket is open. */
export async function openExec(
  transport: Transport,
  pod: { name: string; namespace: string },
  options: ExecOptions,
): Promise<ExecStream> {
  const path = `${objectPath(pods, pod.name, pod.namespace)}/exec?${parameters(options)}`
  const what = `pod ${pod.namespace}/${pod.name}`
  const timeout = options.connectTimeout ?? transport.options.connectTimeout
  const late = () => {
    transport.dropIdle()
    return new TimeoutError(`${transport.server.origin} opened no exec stream to ${what} within ${timeout} ms`)
  }
  await transport.authenticated(options.signal)
  const running = await withDeadline({ signal: options.signal, timeout, late }, (signal) =>
    connect(transport, path, purpose, signal, (socket) => new Running(socket, what)),
  )
  running.endWith([options.signal, transport.closing])
  if (!options.stdin) running.stdin.destroy()
  return running
}

function parameters({ command, container, stdin = false, tty = false }: ExecOptions): string {
  if (command.length === 0) throw new KubeError('exec needs a command')
  const search = new URLSearchParams(command.map((word): [string, string] => ['command', word]))
  if (container) search.set('container', container)
  const streams = { stdin, stdout: true, stderr: !tty, tty }
  for (const [name, wanted] of Object.entries(streams)) search.set(name, String(wanted))
  return search.toString()
}
