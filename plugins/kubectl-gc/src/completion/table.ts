/** What can stand in a place: values that are known beforehand, or where to look for them. */
export type Values =
  | readonly string[]
  | 'any'
  | 'file'
  | 'folder'
  | 'session'
  | 'session path'
  | 'copy end'
  | 'field'
  | 'agent'
  | 'meta key'
  | 'namespace'
  | 'context'
  | 'cluster'
  | 'user'
  | 'bundle'
  | 'overlay'
  | 'assignment'
  | 'command'

export interface Flag {
  summary: string
  char?: string
  /** Absent: the flag stands alone. */
  values?: Values
  /** It can be given again. */
  multiple?: true
}

export interface Argument {
  values: Values
  multiple?: true
}

export interface CommandEntry {
  summary: string
  args: Argument[]
  flags: Record<string, Flag>
}

export interface BundleEntry {
  overlays: string[]
  /** The path of every value that can be set, and what it is for. */
  values: Record<string, string>
}

/**
 * All that completion knows without asking anybody. It is written down beforehand, so that a completion need not load
 * the commands: `test/completion/table.test.ts` holds it to them, and writes it anew with `vitest --update`.
 */
export interface Table {
  /** By id, `meta:get`. */
  commands: Record<string, CommandEntry>
  /** Words that only begin commands, such as `meta`. */
  topics: Record<string, string>
  globalFlags: Record<string, Flag>
  bundles: Record<string, BundleEntry>
  /** The path of every field of what else can be explained, and what it is. */
  fields: Record<string, Record<string, string>>
}
