import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from 'vitest'
import { type Client, type ClientOptions, createClient, type KubernetesObject, resource } from '../../src/index.ts'
import { FaultServer } from './fault-server.ts'

export interface ConfigMap extends KubernetesObject {
  data?: Record<string, string>
}

export const configMaps = resource<ConfigMap>('', 'v1', 'configmaps')

interface Fixtures {
  directory: string
  server: FaultServer
  /** Makes a client of the fault server, closed after the test. */
  connect: (options?: ClientOptions) => Promise<Client>
  client: Client
}

/** A test with a fault server of its own and a client of it. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures a function needs from its pattern
  directory: async ({}, use) => {
    const directory = await mkdtemp(join(tmpdir(), 'kube-test-'))
    await use(directory)
    await rm(directory, { recursive: true })
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  server: async ({}, use) => {
    const server = await new FaultServer().listen()
    await use(server)
    await server.close()
  },
  connect: async ({ server, directory }, use) => {
    const clients: Client[] = []
    await use(async (options = {}) => {
      const env = { HOME: directory, ...options.env }
      const client = await createClient({ server: server.url, namespace: 'ns', ...options, env })
      clients.push(client)
      return client
    })
    await Promise.all(clients.map((client) => client.close()))
  },
  client: async ({ connect }, use) => use(await connect()),
})
