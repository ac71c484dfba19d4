import type { Duplex } from 'node:stream'
import { KubeError, TimeoutError } from '../errors.ts'
import { connect } from '../exec/connect.ts'
import { resource } from '../objects.ts'
import { withDeadline } from '../rest/deadline.ts'
import { objectPath } from '../rest/path.ts'
import type { Transport } from '../rest/transport.ts'
import { Forwarded } from './forwarded.ts'
import type { PortForwardOptions } from './port-forward.ts'

const pods = resource('', 'v1', 'pods')

/**
 * The kubelet's own websocket protocol. API servers pass it on untouched, those of 1.30 and 1.31 too, which tunnel SPDY
 * for who asks for `portforward.k8s.io`; it carries one connection for each websocket.
 */
const purpose = { what: 'port-forward', protocol: 'v4.channel.k8s.io' }

/** Connects to a port of a pod; resolves when the websocket is open. */
export async function openPortForward(
  transport: Transport,
  pod: { name: string; namespace: string },
  port: number,
  options: PortForwardOptions,
): Promise<Duplex> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new KubeError(`${port} is no port`)
  const path = `${objectPath(pods, pod.name, pod.namespace)}/portforward?ports=${port}`
  const what = `port ${port} of pod ${pod.namespace}/${pod.name}`
  const timeout = options.connectTimeout ?? transport.options.connectTimeout
  const late = () => {
    transport.dropIdle()
    return new TimeoutError(`${transport.server.origin} opened no way to ${what} within ${timeout} ms`)
  }
  const forwarded = await withDeadline({ signal: options.signal, timeout, late }, (signal) =>
    connect(transport, path, purpose, signal, (socket) => new Forwarded(socket, what)),
  )
  forwarded.endWith([options.signal, transport.closing])
  return forwarded
}
