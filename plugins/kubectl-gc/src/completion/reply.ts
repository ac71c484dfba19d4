/** What the shell does beside showing candidates: numbers of cobra's, which kubectl's shell scripts know. */
export const directives = {
  /** Offers files where there are no candidates. */
  files: 0,
  noSpace: 2,
  noFiles: 4,
  folders: 16,
  keepOrder: 32,
} as const

export interface Candidate {
  value: string
  meaning?: string | undefined
}

/** What can be typed, and how the shell goes on. */
export interface Reply {
  candidates: Candidate[]
  directive: number
}

/** Nothing to offer, and no files either. */
export const nothing: Reply = { candidates: [], directive: directives.noFiles }

/** A reply as kubectl reads it from a plugin: a candidate a line, its meaning after a tab, and the directive. */
export function replyText({ candidates, directive }: Reply): string {
  const lines = candidates.map(({ value, meaning }) => (meaning ? `${oneLine(value)}\t${oneLine(meaning)}` : value))
  return [...lines, `:${directive}`, ''].join('\n')
}

/** Text of others, such as a session's reason, without what would end its line or move a cursor. */
function oneLine(text: string): string {
  return text.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ')
}
