import * as Flags from './define.ts'

/** `--dry-run`, as kubectl has it. */
export const dryRunFlag = Flags.option({
  helpValue: 'MODE',
  options: ['none', 'client', 'server'] as const,
  default: 'none',
  summary: 'client: only say what would be made; server: ask the API server too whether it would take it; none.',
})
