import type { Socket } from 'node:net'
import { http, https } from './node-http.ts'

/** Asks an HTTP proxy to connect us with `target` (CONNECT); resolves to the open way through. */
export function tunnel(proxy: URL, target: URL, timeout: number): Promise<Socket> {
  const authority = `${target.hostname}:${target.port || (target.protocol === 'https:' ? 443 : 80)}`
  const headers: Record<string, string> = { host: authority }
  if (proxy.username !== '') {
    const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`
    headers['proxy-authorization'] = `Basic ${Buffer.from(login).toString('base64')}`
  }
  return new Promise((resolve, reject) => {
    const { request } = proxy.protocol === 'https:' ? https : http
    const asked = request({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path: authority,
      headers,
      agent: false,
    })
    const timer = setTimeout(() => {
      asked.destroy(Object.assign(new Error(`proxy ${proxy.host}: no answer within ${timeout} ms`), { code: 'PROXY' }))
    }, timeout)
    asked.once('connect', (response, socket: Socket, head) => {
      clearTimeout(timer)
      if (response.statusCode === 200) {
        if (head.length > 0) socket.unshift(head)
        return resolve(socket)
      }
      socket.destroy()
      const said = `proxy ${proxy.host} refused: ${response.statusCode} ${response.statusMessage}`
      reject(Object.assign(new Error(said), { code: 'PROXY' }))
    })
    asked.once('error', (cause: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      if (cause.code === 'PROXY') return reject(cause)
      reject(Object.assign(new Error(`proxy ${proxy.host}: ${cause.message}`, { cause }), { code: 'PROXY' }))
    })
    asked.end()
  })
}
