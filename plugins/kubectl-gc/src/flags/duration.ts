import { UsageError } from '../errors/usage.ts'
import * as Flags from './define.ts'

const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** Reads a duration as kubectl does, `1m30s`, `500ms`, or plain seconds, into milliseconds. Undefined: not one. */
export function parseDuration(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1000
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined
  let total = 0
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    total += Number(amount) * (units[unit ?? ''] ?? 0)
  }
  return Math.round(total)
}

/** A flag that takes a duration; its value is in milliseconds. */
export const durationFlag = Flags.custom<number>({
  helpValue: 'DURATION',
  parse: async (input, _context, flag) => {
    const value = parseDuration(input)
    if (value !== undefined) return value
    throw new UsageError(`--${flag.name} must be a duration such as 30s or 5m, not ${JSON.stringify(input)}`)
  },
})
