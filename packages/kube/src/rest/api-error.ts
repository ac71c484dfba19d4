import { ApiError } from '../errors.ts'
import type { Status } from '../objects.ts'

const longestExcerpt = 300

/** The error that an HTTP answer of 400 or above is: the Status in its body, or the body's beginning. */
export function apiError(code: number, body: string, request: { method: string; url: string }): ApiError {
  const status = { ...statusIn(body, code, request), code }
  return new ApiError(status, { suggestion: suggestionFor(status) })
}

/** The error of a Status that came in a stream. */
export function statusError(status: Status): ApiError {
  const coded = { ...status, code: status.code ?? 500 }
  return new ApiError(coded, { suggestion: suggestionFor(coded) })
}

function statusIn(body: string, code: number, request: { method: string; url: string }): Status {
  try {
    const parsed = JSON.parse(body)
    if (parsed?.kind === 'Status') return parsed
  } catch {
    // Proxies and the API server's own muxer answer in prose.
  }
  const excerpt = body.trim().slice(0, longestExcerpt)
  const message = `${request.method} ${request.url}: HTTP ${code}${excerpt === '' ? '' : `: ${excerpt}`}`
  return { kind: 'Status', status: 'Failure', message, reason: reasons[code] ?? 'Unknown' }
}

const reasons: Record<number, string> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Gone',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
}

function suggestionFor(status: Status & { code: number }): string | undefined {
  if (status.code === 401)
    return 'The credentials are not accepted. Log in again, then check with `kubectl auth whoami`.'
  if (status.code === 403) return forbidden(status.message ?? '')
  return undefined
}

function forbidden(message: string): string {
  const [, verb, target] = /cannot (\S+) resource "([^"]+)"/.exec(message) ?? []
  if (verb === undefined || target === undefined) return 'See what you may do with `kubectl auth can-i --list`.'
  if (target === 'pods/exec') {
    return 'Exec over websocket needs a Role with both verbs get and create on pods/exec. Check with `kubectl auth can-i get pods/exec` and `kubectl auth can-i create pods/exec`.'
  }
  const [resource, subresource] = target.split('/')
  const group = /API group "([^"]+)"/.exec(message)?.[1]
  const namespace = /in the namespace "([^"]+)"/.exec(message)?.[1]
  const parts = ['kubectl auth can-i', verb, group ? `${resource}.${group}` : resource]
  if (subresource) parts.push(`--subresource=${subresource}`)
  parts.push(namespace ? `-n ${namespace}` : '--all-namespaces')
  return `Ask for a Role with the verb ${verb} on ${target}. Check with \`${parts.join(' ')}\`.`
}
