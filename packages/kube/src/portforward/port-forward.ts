export interface PortForwardOptions {
  signal?: AbortSignal | undefined
  /** Milliseconds for TCP, TLS and the websocket upgrade together. Default: the client's `connectTimeout`. */
  connectTimeout?: number | undefined
}
