import type { Client, WatchEvent, WatchOptions } from '../../src/index.ts'
import type { FaultServer, Reply } from './fault-server.ts'
import { type ConfigMap, configMaps } from './fixtures.ts'
import { configMap } from './replies.ts'

const all = 'GET /api/v1/configmaps'

/** Answers lists with the one series of replies and watches with the other. */
export function serve(server: FaultServer, replies: { list?: Reply[]; watch?: Reply[] }): void {
  const next = (series: Reply[] = []) => (series.length > 1 ? series.shift() : series[0])
  server.on(all, (response, request) => {
    const reply = next(request.query.has('watch') ? replies.watch : replies.list)
    reply?.(response, request)
  })
}

/** The first `count` events, as `TYPE name@version`; the watch is left then. */
export async function take(client: Client, count: number, options?: WatchOptions): Promise<string[]> {
  const events: string[] = []
  for await (const event of client.watch(configMaps, options)) {
    if (events.push(told(event)) === count) break
  }
  return events
}

/** An event as {@link take} tells it. */
export const told = ({ type, object }: WatchEvent<ConfigMap>) =>
  `${type} ${object.metadata?.name}@${object.metadata?.resourceVersion}`
/** The watch requests so far. */
export const watches = (server: FaultServer) => server.requests.filter(({ query }) => query.has('watch'))
/** A line of a watch about a ConfigMap. */
export const event = (type: string, name: string, version: string) => ({ type, object: configMap(name, version) })
/** A line of a watch that only tells the version. */
export const bookmark = (version: string) => ({ type: 'BOOKMARK', object: { metadata: { resourceVersion: version } } })
/** What the API server says of a version that it no longer has. */
export const expired = {
  kind: 'Status',
  status: 'Failure',
  code: 410,
  reason: 'Expired',
  message: 'too old resource version',
}
