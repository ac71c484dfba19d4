import { separatorIn } from '../copy/place.ts'
import type { Lookup } from './complete.ts'
import type { Place } from './position.ts'
import { directives, nothing, type Reply } from './reply.ts'

const files: Reply = { candidates: [], directive: directives.files }

/**
 * One end of a copy: a session, then a path in it; or a path here, which the shell completes. Where one end is known,
 * the other is of the other kind.
 */
export async function copyEnd(place: Place, lookup: Lookup): Promise<Reply> {
  const { prefix, args } = place
  const [source] = args
  const isFromSession = source !== undefined && separatorIn(source) !== -1
  if (isFromSession) return files
  if (separatorIn(prefix) !== -1) return among(await lookup('session path', place), prefix)
  if (/^[./~]/.test(prefix)) return source === undefined ? files : nothing
  const sessions = (await lookup('session', place).catch(() => [])).map((one) => ({ ...one, value: `${one.value}:` }))
  const found = among(sessions, prefix)
  if (source !== undefined) return found
  if (found.candidates.length === 0) return files
  return prefix === '' ? { ...found, candidates: [...found.candidates, { value: './' }] } : found
}

/** Behind a session and behind a folder something follows, so no space does. */
function among(all: Awaited<ReturnType<Lookup>>, prefix: string): Reply {
  const candidates = all.filter(({ value }) => value.startsWith(prefix))
  const goesOn = candidates.some(({ value }) => /[:/]$/.test(value))
  return { candidates, directive: directives.noFiles | (goesOn ? directives.noSpace : 0) }
}
