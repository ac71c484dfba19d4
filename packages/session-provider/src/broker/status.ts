/** What a broker tells of itself. */
export interface BrokerStatus {
  pid: number
  version: string
  /** Names its identity; its socket is called after it. */
  key: string
  /** The API server's URL. */
  server: string
  uptimeSeconds: number
  /** Requests that it has taken. */
  requests: number
  /** Control streams that are open. */
  streams: number
  /** Session pods that are watched. */
  sessions: number
  /** Resident memory. */
  memoryBytes: number
}
