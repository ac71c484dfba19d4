/** What stands where something was removed. */
export const REMOVED = '<removed>'

/** Characters: what is shorter is found by its place only, or half of the report would go. */
const shortest = 8
/** Characters of an encoded form that tell it from other text. */
const shortestEncoded = 12

/** Values that are known to be secret, so that they can be removed wherever they turn up. */
export class KnownSecrets {
  /** By their first characters, so that a text is gone through once however many there are. */
  readonly #forms = new Map<string, Set<string>>()

  /** Remembers a value, its lines, the texts in it where it is JSON, and all these as other programs would write them. */
  add(value: string | Buffer | undefined): void {
    if (value === undefined) return
    const text = value.toString()
    for (const part of new Set([
      text,
      text.trim(),
      ...text.split(/\r?\n/).map((line) => line.trim()),
      ...leaves(text),
    ])) {
      if (part.length >= shortest && !/^(true|false|\d{1,12}|-----.*-----)$/.test(part)) this.#remember(part)
    }
  }

  /** The text without them: where several begin at one place, without the longest. */
  removeFrom(text: string): string {
    if (this.#forms.size === 0) return text
    const kept: string[] = []
    let from = 0
    for (let at = 0; at + shortest <= text.length; at += 1) {
      const length = this.#lengthAt(text, at)
      if (length === 0) continue
      kept.push(text.slice(from, at), REMOVED)
      from = at + length
      at = from - 1
    }
    return kept.join('') + text.slice(from)
  }

  #lengthAt(text: string, at: number): number {
    let longest = 0
    for (const form of this.#forms.get(text.slice(at, at + shortest)) ?? []) {
      if (form.length > longest && text.startsWith(form, at)) longest = form.length
    }
    return longest
  }

  #remember(part: string): void {
    const quoted = JSON.stringify(part).slice(1, -1)
    const encoded = inBase64(part).filter((form) => form.length >= shortestEncoded)
    for (const form of [part, quoted, JSON.stringify(quoted).slice(1, -1), encodeURIComponent(part), ...encoded]) {
      const begin = form.slice(0, shortest)
      const known = this.#forms.get(begin) ?? new Set()
      this.#forms.set(begin, known.add(form))
    }
  }
}

/** The texts of a JSON document; none where it is no JSON. */
function leaves(text: string): string[] {
  if (!/^\s*[[{]/.test(text)) return []
  const found: string[] = []
  try {
    JSON.parse(text, (_, value: unknown) => {
      if (typeof value === 'string') found.push(value)
      return value
    })
  } catch {
    return []
  }
  return found
}

/** What of its base64 does not depend on what stands before and after it: three, by where it begins among three bytes. */
function inBase64(part: string): string[] {
  const bytes = Buffer.from(part)
  return [0, 1, 2].flatMap((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes])
    const first = Math.ceil((offset * 8) / 6)
    const last = Math.floor((whole.length * 8) / 6)
    const core = whole.toString('base64').slice(first, last)
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')]
  })
}
