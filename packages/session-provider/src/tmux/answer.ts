/** One `%begin` to `%end` or `%error` block: what tmux printed for one command. */
export interface Block {
  ok: boolean
  body: Buffer
}

const NEWLINE = Buffer.from('\n')
const BEGIN = /^%begin (\d+) (\d+) 1$/

/** Whether these three lines are the answer to `display-message -p <nonce>`, which ends an answer. */
export function isSentinel(lines: readonly Buffer[], nonce: string): boolean {
  const [begin, body, end] = lines.slice(-3).map((line) => line.toString('latin1'))
  if (body !== nonce || begin === undefined || end === undefined || !BEGIN.test(begin)) return false
  return end === begin.replace('%begin', '%end')
}

/**
 * The answer to one command among the lines between two sentinels. A pane can show text that looks like the end of
 * its own answer, but nothing that comes after the real one, so the last matching end is the real one.
 * @returns undefined when tmux gave no answer
 */
export function singleBlock(lines: readonly Buffer[]): Block | undefined {
  const first = lines.findIndex((line) => BEGIN.test(line.toString('latin1')))
  const begin = lines[first]
  if (begin === undefined) return undefined
  const stamp = begin.subarray('%begin'.length).toString('latin1')
  for (let last = lines.length - 1; last > first; last--) {
    const line = lines[last]?.toString('latin1')
    if (line === `%end${stamp}` || line === `%error${stamp}`) {
      return { ok: line.startsWith('%end'), body: join(lines.slice(first + 1, last)) }
    }
  }
  return undefined
}

/** The answers to a line of several commands whose output no agent controls, in order; a failed one is the last. */
export function sequentialBlocks(lines: readonly Buffer[]): Block[] {
  const blocks: Block[] = []
  let start = -1
  let stamp = ''
  lines.forEach((bytes, index) => {
    const line = bytes.toString('latin1')
    if (start < 0) {
      if (!BEGIN.test(line)) return
      start = index
      stamp = line.slice('%begin'.length)
    } else if (line === `%end${stamp}` || line === `%error${stamp}`) {
      blocks.push({ ok: line.startsWith('%end'), body: join(lines.slice(start + 1, index)) })
      start = -1
    }
  })
  return blocks
}

function join(lines: readonly Buffer[]): Buffer {
  return Buffer.concat(lines.flatMap((line, index) => (index === 0 ? [line] : [NEWLINE, line])))
}
