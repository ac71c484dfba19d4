import type { LogOptions } from '@kubectl-gc/session-provider'
import { UsageError } from '../errors/usage.ts'

/** What kubectl's flags say of the part of a log that is wanted. Durations are in milliseconds. */
export interface PartFlags {
  tail?: number | undefined
  since?: number | undefined
  'since-time'?: Date | undefined
  timestamps?: boolean | undefined
  previous?: boolean | undefined
  'limit-bytes'?: number | undefined
}

/**
 * The part of a log that these flags ask for, as kubectl reads them: 0 is no limit, and so is a tail of -1.
 * @throws {UsageError} they contradict each other, or a number is too small
 */
export function logPart(flags: PartFlags): LogOptions {
  const { tail = -1, since = 0, timestamps, previous } = flags
  const { 'since-time': sinceTime, 'limit-bytes': limitBytes = 0 } = flags
  if (tail < -1) throw new UsageError('--tail must be greater than or equal to -1')
  if (limitBytes < 0) throw new UsageError('--limit-bytes must be greater than 0')
  if (since > 0 && sinceTime !== undefined) {
    throw new UsageError('at most one of --since-time or --since may be specified')
  }
  return {
    ...(tail < 0 ? {} : { tailLines: tail }),
    ...(since === 0 ? {} : { sinceSeconds: Math.ceil(since / 1000) }),
    ...(sinceTime && { sinceTime }),
    ...(limitBytes === 0 ? {} : { limitBytes }),
    ...(timestamps && { timestamps }),
    ...(previous && { previous }),
  }
}
