import * as Flags from '@oclif/core/flags'

/** Where the files of this machine are. */
export const fromFlag = Flags.string({
  helpValue: 'DIR',
  summary: 'Folder of the files on this machine (CLAUDE_CONFIG_DIR, default ~/.claude).',
})
