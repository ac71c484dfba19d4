import ts from 'typescript'

/** What a docstring says. */
export interface Doc {
  /** The text before the first tag; paragraphs are separated by an empty line. */
  text: string
  tags: DocTag[]
}

/** One `@param`, `@throws` or `@returns`. */
interface DocTag {
  tag: 'param' | 'throws' | 'returns'
  /** The parameter, or the error. */
  subject: string | undefined
  text: string
}

/** The docstring of a declaration; its text is empty where there is none. */
export function docOf(declaration: ts.Declaration): Doc {
  const last = ts.getJSDocCommentsAndTags(declaration).filter(ts.isJSDoc).at(-1)
  const tags = [...(last?.tags ?? [])]
  return { text: paragraphs(ts.getTextOfJSDocComment(last?.comment)), tags: tags.flatMap((tag) => toTag(tag) ?? []) }
}

function toTag(tag: ts.JSDocTag): DocTag | undefined {
  const text = paragraphs(ts.getTextOfJSDocComment(tag.comment))
  if (ts.isJSDocParameterTag(tag)) return { tag: 'param', subject: tag.name.getText(), text }
  if (ts.isJSDocThrowsTag(tag)) return { tag: 'throws', subject: tag.typeExpression?.type.getText(), text }
  if (ts.isJSDocReturnTag(tag)) return { tag: 'returns', subject: undefined, text }
  return undefined
}

function paragraphs(text = ''): string {
  const all = text.split(/\n[ \t]*\n/).map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
  return all.join('\n\n').trim()
}
