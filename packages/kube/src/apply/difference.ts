import type { LiveObject } from './types.ts'

/** What an apply does to an object, in kubectl's words. */
export type Action = 'created' | 'configured' | 'unchanged'

/** What people wrote of an object: without its status, and without what the server writes into its metadata. */
export function written(object: LiveObject): object {
  const { metadata, status: _, ...content } = object as LiveObject & { status?: unknown }
  const { name, namespace, labels, annotations } = metadata ?? {}
  return { ...content, metadata: { name, namespace, labels, annotations } }
}

/** How an object differs from what it was. */
export function actionOf(before: LiveObject | undefined, after: LiveObject): Action {
  if (before === undefined) return 'created'
  return stable(written(before)) === stable(written(after)) ? 'unchanged' : 'configured'
}

/** JSON that is equal for equal objects, whatever the order of their keys. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
