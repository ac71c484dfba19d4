import { UsageError } from '../errors/usage.ts'
import * as Flags from './define.ts'

/** An amount of CPU or memory as Kubernetes writes it. */
export const QUANTITY = /^\d+(\.\d+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/

/** Whether a text is an amount of CPU or memory as Kubernetes writes it. */
export function isQuantity(text: string): boolean {
  return QUANTITY.test(text)
}

/** A flag that takes an amount of CPU or memory as Kubernetes writes it. */
export const quantityFlag = Flags.custom<string>({
  parse: async (input, _context, flag) => {
    if (isQuantity(input)) return input
    const example = flag.helpValue === 'CPU' ? '500m or 2' : '512Mi or 4Gi'
    throw new UsageError(`--${flag.name} must be a quantity such as ${example}, not ${JSON.stringify(input)}`)
  },
})
