import { createHash } from 'node:crypto'

const LONGEST_LABEL = 63
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/

/** The pod for a session: the name itself where it is a DNS label, else the name made into one, with a hash. */
export function podName(session: string): string {
  return DNS_LABEL.test(session) ? session : hashedPodName(session)
}

/** The pod for a session whose plain pod name another session holds. */
export function hashedPodName(session: string): string {
  const hash = createHash('sha256').update(session).digest('hex').slice(0, 8)
  const stem = session
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .replace(/^-+/, '')
    .slice(0, LONGEST_LABEL - 1 - hash.length)
    .replace(/-+$/, '')
  return stem === '' ? `session-${hash}` : `${stem}-${hash}`
}

/** A label value as the shell script makes it, so that either finds the other's pods. */
export function labelValue(text: string): string {
  const value = text
    .replace(/[^a-zA-Z0-9._-]/g, '-')
    .replace(/^[^a-zA-Z0-9]+/, '')
    .slice(0, LONGEST_LABEL)
    .replace(/[^a-zA-Z0-9]+$/, '')
  return value === '' ? 'unknown' : value
}
