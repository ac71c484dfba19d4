import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect as dial, type Socket } from 'node:net'
import { expect } from 'vitest'
import { base64, selfSigned } from '../support/certificates.ts'
import { FaultServer } from '../support/fault-server.ts'
import { test as base } from '../support/fixtures.ts'
import { writeKubeconfig } from '../support/kubeconfig.ts'
import { json } from '../support/replies.ts'

interface Proxy {
  url: string
  /** What it was asked to connect with, and the login it was shown. */
  asked: { authority: string | undefined; login: string | undefined }[]
  /** When set, what it answers in place of connecting. */
  refusal: string | undefined
}

const test = base.extend<{ proxy: Proxy }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures a function needs from its pattern
  proxy: async ({}, use) => {
    const server: Server = createServer()
    const sockets = new Set<Socket>()
    const proxy: Proxy = { url: '', asked: [], refusal: undefined }
    server.on('connect', (request, socket: Socket) => {
      sockets.add(socket)
      proxy.asked.push({ authority: request.url, login: request.headers['proxy-authorization'] })
      if (proxy.refusal) return socket.end(`HTTP/1.1 ${proxy.refusal}\r\n\r\n`)
      const [host, port] = (request.url ?? '').split(':')
      const target = dial(Number(port), host, () => socket.write('HTTP/1.1 200 Connected\r\n\r\n'))
      target.pipe(socket).pipe(target)
      for (const end of [socket, target]) end.on('error', () => {})
      return undefined
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await use(proxy)
    for (const socket of sockets) socket.destroy()
    server.close()
  },
})

const api = selfSigned('api.test')

test('requests and exec go through the proxy, encrypted to the API server', async ({
  proxy,
  directory,
  connect,
  onTestFinished,
}) => {
  const secure = await new FaultServer(api).listen()
  onTestFinished(() => secure.close())
  secure.on('GET /version', json({ minor: '34' })).onExec((socket) => {
    socket.send(Buffer.from('\x03{"status":"Success"}'))
    socket.close()
  })
  const cluster = {
    server: secure.url,
    'certificate-authority-data': base64(api.cert),
    'proxy-url': proxy.url.replace('//', '//user:p%40ss@'),
  }
  const client = await connect({ server: undefined, kubeconfig: await writeKubeconfig(directory, cluster) })
  expect(await client.raw('GET', '/version')).toEqual({ minor: '34' })
  expect(await client.raw('GET', '/version')).toEqual({ minor: '34' })
  expect(await (await client.exec({ name: 'p' }, { command: ['x'] })).exit).toBe(0)
  const login = `Basic ${base64('user:p@ss')}`
  expect(proxy.asked).toEqual([{ authority: `127.0.0.1:${secure.port}`, login }])
})

test('so do those to a server without TLS', async ({ proxy, server, directory, connect }) => {
  server.on('GET /version', json({}))
  const kubeconfig = await writeKubeconfig(directory, { server: server.url, 'proxy-url': proxy.url })
  const client = await connect({ server: undefined, kubeconfig })
  expect(await client.raw('GET', '/version')).toEqual({})
  expect(proxy.asked.length).toBe(1)
})

test('a proxy that refuses is named', async ({ proxy, server, directory, connect }) => {
  proxy.refusal = '407 Proxy Authentication Required'
  const kubeconfig = await writeKubeconfig(directory, { server: server.url, 'proxy-url': proxy.url })
  const error = await (await connect({ server: undefined, kubeconfig }))
    .raw('GET', '/version')
    .catch((caught) => caught)
  expect(error).toMatchObject({
    name: 'ConnectionError',
    sent: false,
    message: expect.stringContaining('refused: 407'),
  })
  expect((error as { suggestion?: string }).suggestion).toContain('proxy-url')
})

test('a proxy that is not there is named', async ({ server, directory, connect }) => {
  const kubeconfig = await writeKubeconfig(directory, { server: server.url, 'proxy-url': 'http://127.0.0.1:1' })
  await expect((await connect({ server: undefined, kubeconfig })).raw('GET', '/version')).rejects.toMatchObject({
    name: 'ConnectionError',
    message: expect.stringContaining('proxy 127.0.0.1:1'),
  })
})
