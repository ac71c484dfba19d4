import { UsageError } from '../errors/usage.ts'
import * as Flags from './define.ts'

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

/** Reads a moment as kubectl does, by RFC 3339: `2026-01-31T09:00:00Z`. Undefined: not one. */
export function parseTime(text: string): Date | undefined {
  if (!RFC_3339.test(text)) return undefined
  const time = new Date(text)
  return Number.isNaN(time.getTime()) ? undefined : time
}

/** A flag that takes a moment. */
export const timeFlag = Flags.custom<Date>({
  helpValue: 'TIME',
  parse: async (input, _context, flag) => {
    const time = parseTime(input)
    if (time !== undefined) return time
    throw new UsageError(`--${flag.name} must be a time such as 2026-01-31T09:00:00Z, not ${JSON.stringify(input)}`)
  },
})
