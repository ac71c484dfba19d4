import type { WebSocket } from 'ws'

const every = 5_000
const longestSilence = 61_000

/**
 * Pings the other side every 5 s and calls `dead` at the first beat after 61 s without a sign of it. Time during which
 * we do not read (a slow reader holds the socket back) does not count.
 * @returns what stops it
 */
export function keepBeating(socket: WebSocket, dead: (silence: number) => void): () => void {
  let silent = 0
  const heard = () => {
    silent = 0
  }
  const timer = setInterval(() => {
    if (socket.isPaused) {
      silent = 0
      return
    }
    silent += every
    if (silent >= longestSilence) return dead(silent)
    if (socket.readyState === socket.OPEN) socket.ping()
  }, every)
  timer.unref()
  socket.on('pong', heard)
  socket.on('ping', heard)
  socket.on('message', heard)
  return () => clearInterval(timer)
}
