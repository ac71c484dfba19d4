import texts from './generated/help.json' with { type: 'json' }

/**
 * Every help text. They are written down beforehand, so that help need not load the commands:
 * `test/help/generated.test.ts` holds them to the commands, and writes them anew with `vitest --update`.
 */
export interface HelpTexts {
  /** `kubectl gc`. */
  root: string
  /** `kubectl gc meta`, by the word that only begins commands. */
  topics: Record<string, string>
  /** `kubectl gc meta get --help`, by id: `meta:get`. */
  commands: Record<string, string>
}

export const helpTexts: HelpTexts = texts
