const indent = 2
const gap = 3
const width = 100

/** Breaks text into lines of at most `limit` characters, at spaces. */
function wrap(text: string, limit: number): string[] {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && line.length + 1 + word.length > limit) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines
}

/** A paragraph of at most 100 columns. */
export function paragraph(text: string): string {
  return `${wrap(text, width).join('\n')}\n`
}

/** Names and what they mean in two columns, what is long broken into lines. */
export function columns(rows: [name: string, meaning: string][]): string {
  const left = indent + gap + Math.max(0, ...rows.map(([name]) => name.length))
  return rows
    .map(([name, meaning]) => {
      const [first = '', ...more] = wrap(meaning, width - left)
      const start = `${' '.repeat(indent)}${name}`.padEnd(left) + first
      return [start.trimEnd(), ...more.map((line) => ' '.repeat(left) + line), ''].join('\n')
    })
    .join('')
}
