import { writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { succeed } from './run.ts'

/** A road to the API server that can be cut off, and the kubeconfig that goes along it. */
export async function openRoad(kubeconfig: string) {
  const config = JSON.parse(await succeed('kubectl', ['config', 'view', '--raw', '--minify', '-o', 'json']))
  const { hostname, port } = new URL(config.clusters[0].cluster.server)
  const road = { state: 'open' as 'open' | 'silent' | 'cut', kubeconfig }
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    if (road.state === 'cut') return void near.destroy()
    const far = connect(Number(port), hostname)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('data', (chunk) => road.state === 'open' && to.write(chunk))
      from.on('error', () => {})
      from.on('close', () => to.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cluster = { ...config.clusters[0].cluster, 'tls-server-name': 'kubernetes' }
  cluster.server = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  writeFileSync(kubeconfig, JSON.stringify({ ...config, clusters: [{ ...config.clusters[0], cluster }] }), {
    mode: 0o600,
  })
  let state: 'open' | 'silent' | 'cut' = 'open'
  return {
    kubeconfig,
    get state() {
      return state
    },
    set state(next) {
      state = next
      road.state = next
      if (next !== 'silent') for (const socket of sockets) socket.destroy()
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
