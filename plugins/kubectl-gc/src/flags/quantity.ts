import * as Flags from '@oclif/core/flags'
import { UsageError } from '../errors/usage.ts'

const quantity = /^\d+(\.\d+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/

/** A flag that takes an amount of CPU or memory as Kubernetes writes it. */
export const quantityFlag = Flags.custom<string>({
  parse: async (input, _context, flag) => {
    if (quantity.test(input)) return input
    const example = flag.helpValue === 'CPU' ? '500m or 2' : '512Mi or 4Gi'
    throw new UsageError(`--${flag.name} must be a quantity such as ${example}, not ${JSON.stringify(input)}`)
  },
})
