import * as Flags from '../flags/define.ts'

/** Where the files of this machine are. */
export const fromFlag = Flags.string({
  helpValue: 'DIR',
  summary: 'Folder of the files on this machine (CLAUDE_CONFIG_DIR, default ~/.claude).',
})
