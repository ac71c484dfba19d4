import type { SessionObject } from '@kubectl-gc/session-provider'
import { UsageError } from '../errors/usage.ts'

/** The fields that can be selected by. */
const fields: Record<string, (session: SessionObject) => string> = {
  'metadata.name': ({ metadata }) => metadata.name,
  'metadata.namespace': ({ metadata }) => metadata.namespace,
  'spec.agent': ({ spec }) => spec.agent,
  'spec.image': ({ spec }) => spec.image,
  'spec.nodeName': ({ spec }) => spec.nodeName ?? '',
  'status.phase': ({ status }) => status.phase,
  'status.reason': ({ status }) => status.reason ?? '',
  'status.pod': ({ status }) => status.pod,
}

/**
 * Reads a field selector in Kubernetes' grammar: `status.phase=Running,spec.nodeName!=node-1`. A backslash takes the
 * meaning from `\`, `,` and `=` in a value.
 * @returns whether a session meets all of it
 * @throws {UsageError} it is none, or names a field that sessions are not selected by
 */
export function fieldSelector(text: string): (session: SessionObject) => boolean {
  const terms = (text.match(/(?:\\.|[^,\\])+/g) ?? []).map(termOf)
  return (session) => terms.every((term) => term(session))
}

function termOf(text: string): (session: SessionObject) => boolean {
  const [, path, operator, raw] = /^([^=!]+)(=|==|!=)((?:\\.|[^=\\])*)$/.exec(text) ?? []
  if (path === undefined || raw === undefined) {
    throw new UsageError(
      `invalid field selector: ${JSON.stringify(text)}; can't understand it`,
      'use field=value or field!=value',
    )
  }
  const read = Object.hasOwn(fields, path) ? fields[path] : undefined
  if (read === undefined) {
    throw new UsageError(`field label not supported: ${path}`, `use one of ${Object.keys(fields).join(', ')}`)
  }
  const value = raw.replace(/\\(.)/g, '$1')
  return (session) => (operator === '!=') !== (read(session) === value)
}
