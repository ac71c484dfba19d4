import { type KnownSecrets, REMOVED } from './known.ts'
import { isSecretName } from './names.ts'

/** Characters of a key that are looked back for from its end. */
const longestTail = 65_536

/** What looks like a secret by itself. */
const shapes: RegExp[] = [
  /-----BEGIN [A-Z0-9 ]+-----(?:[^-]|-(?!----))*-----END [A-Z0-9 ]+-----/g,
  /-----BEGIN [A-Z0-9 ]+-----(?:\\+[nr]|[\sA-Za-z0-9+/=])*/g,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)?/g,
  /\b(?:sk|rk|pk)[-_][A-Za-z0-9_-]{16,}/g,
  /\b(?:gh[pousr]_|github_pat_|gl[a-z]{2,7}-|xox[a-z]-|xapp-|npm_|hf_|dop_v1_|k8s-aws-v1\.|ya29\.|AIza)[A-Za-z0-9_.-]{10,}/g,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /^[A-Za-z0-9+/_-]{60,}={0,2}$/gm,
  /(?<=["'])[A-Za-z0-9+/_-]{100,}={0,2}(?=\\*["'])/g,
]

const header = /\b(Bearer|Basic|Token|Negotiate)\s+[A-Za-z0-9._~+/=-]{8,}/gi
const userInfo = /([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@"'<>]+@/gi

/** A value: in quotes, in quotes inside JSON, deeper still, in single quotes, or up to the next space. */
const values = [
  /"(?:\\.|[^"\\\n])*"/,
  /\\"(?:\\\\\\"|\\\\[^"\n]|\\[^"\\\n]|[^"\\\n])*\\"/,
  /\\{2,}"[^"\n]*"/,
  /'[^'\n]*'/,
  /(?![{[]\s*(?:\\*["'{[\]}]|$))[^\s"']*[^\s"',;}\])]/,
]
const value = new RegExp(values.map(({ source }) => source).join('|'), 'y')
/** `NAME=`, `name: `, `"name": `, also inside JSON, with quotes escaped. */
const assignment = /(?<![A-Za-z0-9_.-])([A-Za-z_.][A-Za-z0-9_.-]*)\\*["']?\s*[=:]\s*/g
/** `--name value`, `--name=value`, also as elements of a list. */
const option = /(?<=^|[\s"',])(--?)([A-Za-z][A-Za-z0-9-]*)(=|\s+|\\*",\s*\\*"|',\s*')([^\s"',\\]+)/g

/** Colours, titles and cursor movements of a terminal, and other control characters, among which a secret could hide. */
const terminal = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])|[\x00-\x08\x0b-\x1f\x7f]/g

/** The text as it is shown, without what a terminal does with it. */
export function withoutTerminal(text: string): string {
  return text.replace(terminal, '')
}

/** The text without secrets: those that are known, and what looks like one or is called like one. */
export function redactText(text: string, known: KnownSecrets): string {
  let clean = known.removeFrom(text)
  for (const shape of shapes) clean = clean.replace(shape, REMOVED)
  clean = withoutTails(clean)
    .replace(header, `$1 ${REMOVED}`)
    .replace(userInfo, `$1${REMOVED}@`)
    .replace(option, (whole, dashes: string, name: string, between: string, given: string) =>
      isSecretName(name) && !isHarmless(given) ? `${dashes}${name}${between}${REMOVED}` : whole,
    )
  return withoutAssigned(clean)
}

/** Without the values of what is called a secret; what stands inside another value is looked at too. */
function withoutAssigned(text: string): string {
  let [clean, from] = ['', 0]
  for (const { index, 0: head, 1: name = '' } of text.matchAll(assignment)) {
    if (index < from || !isSecretName(name)) continue
    value.lastIndex = index + head.length
    const [found] = value.exec(text) ?? []
    if (found === undefined || isHarmless(found)) continue
    const quote = /^(\\*["']).*\1$/s.exec(found)?.[1] ?? ''
    clean += text.slice(from, index + head.length) + quote + REMOVED + quote
    from = index + head.length + found.length
  }
  return clean + text.slice(from)
}

/** Without what ends a key or a certificate of which the beginning is not there any more. */
function withoutTails(text: string): string {
  let [clean, from] = ['', 0]
  for (const { index, 0: end } of text.matchAll(/-----END [A-Z0-9 ]+-----/g)) {
    let begin = index
    while (begin > from && index - begin < longestTail && /[\s\\A-Za-z0-9+/=]/.test(text[begin - 1] ?? '')) begin -= 1
    clean += text.slice(from, begin) + REMOVED
    from = index + end.length
  }
  return clean + text.slice(from)
}

function isHarmless(text: string): boolean {
  return /^\\*["']?(<removed>|true|false|null|none|\d{1,3})?\\*["']?$/.test(text)
}
