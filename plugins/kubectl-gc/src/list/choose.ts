import { type SessionInfo, toSessionObject } from '@kubectl-gc/session-provider'
import { fieldSelector } from '../select/fields.ts'
import { labelSelector } from '../select/labels.ts'

/** Which sessions are meant. */
export interface Choice {
  prefix?: string | undefined
  selector?: string | undefined
  'field-selector'?: string | undefined
}

/** Whether a session is meant. @throws {UsageError} a selector cannot be read */
export function chooser(choice: Choice): (session: SessionInfo) => boolean {
  const meetsLabels = labelSelector(choice.selector ?? '')
  const meetsFields = fieldSelector(choice['field-selector'] ?? '')
  return (session) =>
    session.name.startsWith(choice.prefix ?? '') && meetsLabels(session.labels) && meetsFields(toSessionObject(session))
}

/** What the choice was, for a person who finds nothing; empty where everything was meant. */
export function describeChoice(choice: Choice): string {
  const parts = [
    choice.prefix === undefined ? undefined : `prefix ${JSON.stringify(choice.prefix)}`,
    choice.selector === undefined ? undefined : `labels ${JSON.stringify(choice.selector)}`,
    choice['field-selector'] === undefined ? undefined : `fields ${JSON.stringify(choice['field-selector'])}`,
  ]
  const said = parts.filter((part) => part !== undefined)
  return said.length === 0 ? '' : ` with ${said.join(' and ')}`
}
