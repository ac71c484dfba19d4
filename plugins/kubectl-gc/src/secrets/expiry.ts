import { age } from '../output/age.ts'

/** Milliseconds before its end from which on a login is called about to expire. */
const soon = 60 * 60 * 1000

/** How long a login lasts. */
export interface Expiry {
  /** For people. */
  text: string
  /** It has expired, or is about to. */
  isDue: boolean
}

/** Reads from a login when it expires, and whether an agent can renew it, and nothing else. */
export function expiryOf(login: Buffer | undefined, now: Date): Expiry {
  const { expiresAt, refreshToken } = oauthOf(login)
  if (typeof expiresAt !== 'number') return { text: 'does not say when it expires', isDue: false }
  const end = new Date(expiresAt)
  const left = expiresAt - now.getTime()
  const renewal =
    typeof refreshToken === 'string' && refreshToken !== '' ? 'an agent can renew it' : 'it cannot be renewed'
  const when = left > 0 ? `expires in ${age(now, end)}` : `expired ${age(end, now)} ago`
  return { text: `${when}; ${renewal}`, isDue: left < soon }
}

interface OAuth {
  /** Milliseconds since 1970. */
  expiresAt?: unknown
  refreshToken?: unknown
}

function oauthOf(login: Buffer | undefined): OAuth {
  try {
    const read = JSON.parse(login?.toString() ?? '{}') as { claudeAiOauth?: OAuth } | null
    return read?.claudeAiOauth ?? {}
  } catch {
    return {}
  }
}
