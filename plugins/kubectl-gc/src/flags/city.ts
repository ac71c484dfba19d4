import * as Flags from './define.ts'

/** Which city, where it is not the one of the current folder. */
export const cityFlag = Flags.string({
  helpValue: 'FOLDER',
  summary: 'Folder with city.toml (GC_CITY, then the current folder, then those above it).',
})
