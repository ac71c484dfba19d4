import * as Flags from '../flags/define.ts'
import * as Args from '../flags/define-args.ts'
import { durationFlag } from '../flags/duration.ts'

/** The bundle that a command is about. */
export const bundleArg = {
  bundle: Args.string({ ignoreStdin: true, default: 'sessions', description: 'The bundle (default sessions).' }),
}

/** What may be taken from others. */
export const takeOverFlags = {
  'force-conflicts': Flags.boolean({ summary: 'Take over fields that somebody else has set.' }),
  adopt: Flags.boolean({ summary: 'Take over objects that another installation or program made.' }),
}

/** How a change is carried out. */
export const carryOutFlags = {
  wait: Flags.boolean({ default: true, allowNo: true, summary: 'Wait until all of it is ready.' }),
  timeout: durationFlag({ default: 300_000, summary: 'How long to wait (default 5m).' }),
  'dry-run': Flags.option({
    helpValue: 'client|server',
    options: ['none', 'client', 'server'] as const,
    default: 'none' as const,
    summary: 'Change nothing: client looks at what is there, server has every object checked (default server).',
  })(),
  ...takeOverFlags,
}

/** Where the values come from that an upgrade is not given. */
export const resetValuesFlag = {
  'reset-values': Flags.boolean({ summary: 'Take the defaults for what is not given, not the values of before.' }),
}
