import { parse } from 'yaml'
import type { Bundle } from '../bundle.ts'
import { type Schema, typeOf } from '../template/reference.ts'
import { ValuesError } from './errors.ts'

/**
 * Values with one more, as a command line gives it: `dolt.storage=50Gi`, `tolerations[0].key=gpu`. A dot that belongs
 * to a name is escaped: `labels.example\.com/team=a`. The text is taken for what the bundle has there: a number where it
 * has a number, `[a, b]`, `{a,b}` or `{a: b}` where it has a list or a mapping, and `null` to take a value away.
 * @throws {ValuesError} no such form
 */
export function assign(bundle: Bundle, values: object, assignment: string): object {
  const at = assignment.indexOf('=')
  const steps = at > 0 ? stepsOf(assignment.slice(0, at)) : undefined
  if (steps === undefined) {
    throw new ValuesError(bundle.name, [{ path: JSON.stringify(assignment), message: 'is not PATH=VALUE' }])
  }
  const copy = structuredClone(values) as Container
  const text = assignment.slice(at + 1)
  set(copy, steps, (schema) => typed(text, schema), bundle.schema)
  return copy
}

type Container = Record<string | number, unknown>

/** `a.b[0].c` as its steps; undefined when it is none. */
function stepsOf(path: string): (string | number)[] | undefined {
  if (!/^(?:\\.|[^.[\]\\])+(?:\[\d{1,4}\])*(?:\.(?:\\.|[^.[\]\\])+(?:\[\d{1,4}\])*)*$/.test(path)) return undefined
  const steps = path.match(/\[\d+\]|(?:\\.|[^.[\]\\])+/g) ?? []
  return steps.map((step) => (step.startsWith('[') ? Number(step.slice(1, -1)) : step.replace(/\\(.)/g, '$1')))
}

function set(
  container: Container,
  [step = '', ...rest]: (string | number)[],
  value: (schema?: Schema) => unknown,
  schema?: Schema,
): void {
  const child = childOf(schema, step)
  const own = Object.hasOwn(container, step) ? container[step] : undefined
  const [next] = rest
  const inside = typeof own === 'object' && own !== null ? own : typeof next === 'number' ? [] : {}
  const content = next === undefined ? value(child) : inside
  if (next !== undefined) set(inside as Container, rest, value, child)
  Object.defineProperty(container, step, { value: content, enumerable: true, writable: true, configurable: true })
}

function childOf(schema: Schema | undefined, step: string | number): Schema | undefined {
  if (typeof step === 'number') return schema?.items
  const { properties = {}, additionalProperties } = schema ?? {}
  if (Object.hasOwn(properties, step)) return properties[step]
  return typeof additionalProperties === 'object' ? additionalProperties : undefined
}

function typed(text: string, schema: Schema | undefined): unknown {
  if (text === 'null') return null
  const type = schema === undefined ? 'string' : typeOf(schema)
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  if (type === 'integer' || type === 'number')
    return text.trim() !== '' && !Number.isNaN(Number(text)) ? Number(text) : text
  if (type === 'string') return text
  if (type === 'list' && /^\{.*\}$/s.test(text))
    return text
      .slice(1, -1)
      .split(',')
      .filter((one) => one !== '')
  try {
    return parse(text)
  } catch {
    return text
  }
}
