import { UsageError } from '../errors/usage.ts'

type Labels = Record<string, string>
type Requirement = (labels: Labels) => boolean

const KEY = '[A-Za-z0-9](?:[\\w./-]*[A-Za-z0-9])?'
const VALUE = '[\\w.-]*'
const exists = new RegExp(`^(!?)\\s*(${KEY})$`)
const equals = new RegExp(`^(${KEY})\\s*(=|==|!=)\\s*(${VALUE})$`)
const oneOf = new RegExp(`^(${KEY})\\s+(in|notin)\\s*\\(\\s*(${VALUE}(?:\\s*,\\s*${VALUE})*)\\s*\\)$`)

/**
 * Reads a label selector in Kubernetes' grammar: `app=x,tier!=y,env in (a,b),env notin (c),owned,!owned`.
 * @returns whether labels meet all of it
 * @throws {UsageError} it is none
 */
export function labelSelector(text: string): (labels: Labels) => boolean {
  const parts = text.split(/,(?![^()]*\))/).map((part) => part.trim())
  const requirements = parts.filter((part) => part !== '' || parts.length > 1).map(requirementOf)
  return (labels) => requirements.every((requirement) => requirement(labels))
}

function requirementOf(text: string): Requirement {
  const [, not, key] = exists.exec(text) ?? []
  if (key !== undefined) return (labels) => (not === '!') !== Object.hasOwn(labels, key)
  const [, name, operator, value] = equals.exec(text) ?? []
  if (name !== undefined) return (labels) => (operator === '!=') !== (labelOf(labels, name) === value)
  const [, one, word, list] = oneOf.exec(text) ?? []
  if (one !== undefined && list !== undefined) {
    const values = list.split(',').map((each) => each.trim())
    return (labels) => (word === 'notin') !== values.includes(labelOf(labels, one) ?? '\0')
  }
  throw new UsageError(
    `unable to parse the label selector requirement ${JSON.stringify(text)}`,
    `use key=value, key!=value, key in (a,b), key notin (a,b), key or !key`,
  )
}

function labelOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined
}
