import type { Doc } from './docs.ts'
import type { Entry, Member } from './read.ts'

/** A part of the page. */
export interface Group {
  title: string
  /** A sentence that introduces it. */
  what: string
  /** Names that come first, in this order; the others follow by the alphabet. */
  first: string[]
  entries: Entry[]
}

/** Sorts the exports of the SDK by what they are for. */
export function groupsOf(entries: Entry[], conformance: Entry[]): Group[] {
  const { Providers = [], Session = [], Errors = [], rest = [] } = Object.groupBy(entries, titleOf)
  return [
    {
      title: 'Providers',
      what: 'The places where sessions run, and the interface that they share.',
      first: ['SessionProvider'],
      entries: Providers,
    },
    { title: 'Session', what: 'A session, and what one is seen and reached by.', first: ['Session'], entries: Session },
    {
      title: 'Errors',
      what: 'Every one is a `SessionError`; `suggestion` says what to do next, and `cause` keeps what was behind it.',
      first: ['SessionError', 'isSessionError'],
      entries: Errors,
    },
    { title: 'Options and results', what: 'What calls take and give.', first: [], entries: rest },
    {
      title: 'Conformance',
      what: 'From `@kubectl-gc/session-provider/conformance`: the suite for providers of your own.',
      first: ['conformanceCases'],
      entries: conformance,
    },
  ]
}

const SESSION =
  /^(Session|SessionInfo|SessionChange|RunningCommand|Signal|AttachTerminal|MemoryTerminal|assertSessionName)$/

function titleOf({ name, bases }: Entry): 'Providers' | 'Session' | 'Errors' | 'rest' {
  if (bases.includes('Error') || name === 'isSessionError') return 'Errors'
  if (/SessionProvider$/i.test(name)) return 'Providers'
  return SESSION.test(name) ? 'Session' : 'rest'
}

/** The whole page, in Markdown. The same exports give the same page, whatever their order in the code. */
export function renderPage(intro: string, groups: Group[]): string {
  const anchors = new Map(groups.flatMap(({ entries }) => entries.map((entry) => [entry.name, anchorOf(entry)])))
  const used = groups.filter(({ entries }) => entries.length > 0)
  const parts = used.map(({ title, what, first, entries }) => {
    const sorted = entries.toSorted((a, b) => rank(a, first) - rank(b, first) || compare(key(a), key(b)))
    const contents = sorted.map((entry) => `[\`${entry.name}\`](#${anchorOf(entry)})`).join(', ')
    const bodies = sorted.map((entry) => renderEntry(entry, anchors)).join('')
    return `## ${title}\n\n${what}\n\n${contents}\n\n${bodies}`
  })
  return `${intro}\n${parts.join('')}`.trimEnd().concat('\n')
}

function renderEntry({ name, kind, signature, doc, members }: Entry, anchors: Map<string, string>): string {
  const tags = renderTags(doc, anchors, '')
  const list = members.map((member) => renderMember(member, anchors)).join('')
  const parts = [`### \`${name}\` (${kind})`, `\`\`\`ts\n${signature}\n\`\`\``, link(doc.text), tags, list]
  return parts.map((part) => (part === '' ? '' : `${part.trimEnd()}\n\n`)).join('')
}

function renderMember({ signatures, doc }: Member, anchors: Map<string, string>): string {
  const text = doc.text === '' ? '' : `: ${link(doc.text).replaceAll('\n\n', ' ')}`
  return `- ${signatures.map(code).join(', ')}${text}\n${renderTags(doc, anchors, '  ')}`
}

function renderTags({ tags }: Doc, anchors: Map<string, string>, indent: string): string {
  const lines = tags.map(({ tag, subject, text }) => {
    const anchor = anchors.get(subject ?? '')
    const named =
      subject === undefined ? '' : ` ${anchor === undefined ? code(subject) : `[${code(subject)}](#${anchor})`}`
    return `${indent}- ${tag}${named}${text === '' ? '' : `: ${link(text)}`}\n`
  })
  return lines.join('')
}

/** Pages beside this one become links. */
function link(text: string): string {
  return text.replace(/`docs\/reference\/([\w-]+\.md)`/g, '[`$1`]($1)')
}

function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``
}

function anchorOf({ name, kind }: Entry): string {
  return `${name.toLowerCase()}-${kind}`
}

function rank({ name }: Entry, first: string[]): number {
  const index = first.indexOf(name)
  return index === -1 ? first.length : index
}

function key({ name, kind }: Entry): string {
  return `${name.toLowerCase()} ${kind}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
