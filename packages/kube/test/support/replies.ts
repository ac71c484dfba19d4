import type { Reply } from './fault-server.ts'

/** Answers with JSON. */
export function json(body: unknown, code = 200, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }
}

/** Answers with a Status, as the API server does. */
export function status(code: number, reason: string, message: string, headers: Record<string, string> = {}): Reply {
  return json({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message }, code, headers)
}

/** Cuts the connection without an answer. */
export const reset: Reply = (response) => response.socket?.resetAndDestroy()

/** Answers the beginning of a body that should be longer, then cuts the connection. */
export function cutAfter(text: string): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(text.length + 1000) })
    response.write(text, () => response.socket?.destroySoon())
  }
}

/** Never answers. */
export const silence: Reply = () => {}

/** What a watch sends: objects become lines, strings go as they are. */
export function stream(frames: (object | string)[], then: 'end' | 'cut' | 'stay'): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.flushHeaders()
    const text = frames.map((frame) => (typeof frame === 'string' ? frame : `${JSON.stringify(frame)}\n`)).join('')
    if (then === 'end') response.end(text)
    else if (then === 'cut') response.write(text, () => response.socket?.destroySoon())
    else response.write(text)
  }
}

/** One page of a list of ConfigMaps. */
export function page(resourceVersion: string, items: object[], next?: string): Reply {
  const metadata = { resourceVersion, ...(next && { continue: next }) }
  return json({ kind: 'ConfigMapList', apiVersion: 'v1', metadata, items })
}

/** A ConfigMap. */
export function configMap(name: string, resourceVersion: string, uid = `uid-${name}`) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'ns', uid, resourceVersion } }
}
