import type { IncomingHttpHeaders } from 'node:http'
import { ConnectionError } from '../errors.ts'

const mostTries = 10
const mostUnasked = 4
const firstPause = 50

/**
 * Milliseconds to wait before the request is sent again, or undefined when its answer stands. Reads are repeated after
 * 429 and 5xx; writes only where the server says that it did nothing: 429, and 500 or 503 with `Retry-After`.
 * @param tries how often the request has been sent, 1 at first
 */
export function pauseAfterAnswer(
  method: string,
  status: number,
  headers: IncomingHttpHeaders,
  tries: number,
): number | undefined {
  const asked = retryAfter(headers)
  if (tries >= (asked === undefined ? mostUnasked : mostTries)) return undefined
  const repeatable = method === 'GET' ? status >= 500 : asked !== undefined && (status === 500 || status === 503)
  return status === 429 || repeatable ? (asked ?? growing(tries)) : undefined
}

/** The same for a request without an answer: only reads whose connection was lost midway are sent again. */
export function pauseAfterCut(method: string, error: unknown, tries: number): number | undefined {
  if (method !== 'GET' || !(error instanceof ConnectionError) || !error.sent || tries >= mostUnasked) return undefined
  return tries === 1 ? 0 : growing(tries)
}

/** `Retry-After` in milliseconds, be it seconds or a date. */
export function retryAfter(headers: IncomingHttpHeaders): number | undefined {
  const value = headers['retry-after']
  if (value === undefined) return undefined
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}

const growing = (tries: number) => firstPause * 2 ** (tries - 1)
