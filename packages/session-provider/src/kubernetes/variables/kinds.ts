import type { Kind } from './variable.ts'

/** Text as it is. */
export const text: Kind<string> = {
  parse: (value) => value,
  complaint: (value) => (typeof value === 'string' ? undefined : 'is not text'),
  example: 'text',
}

/** Text of a certain form. @param noun what the text is then, with its article */
export function form(pattern: RegExp, noun: string, example: string): Kind<string> {
  return {
    parse: (value) => value,
    complaint: (value) =>
      typeof value === 'string' && pattern.test(value) ? undefined : `${shown(value)} is not ${noun}`,
    example,
  }
}

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/
const DNS_NAME = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

export const namespaceName = form(DNS_LABEL, 'a namespace', 'gc')
export const port = form(/^[0-9]{1,5}$/, 'a port', '3307')
export const absolutePath = form(/^\/(?!\/)[^\0]*$/, 'an absolute path', '/workspace')

export const quantity = (example: string): Kind<string> =>
  form(/^[0-9]+(\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/, 'a quantity', example)

/** The name of a Kubernetes object. */
export const objectName = (noun: string, example: string): Kind<string> => form(DNS_NAME, noun, example)

/** Names of Kubernetes objects, separated by commas. */
export function objectNames(noun: string, example: string): Kind<string[]> {
  const name = objectName(noun, example)
  return {
    parse: (value) => value.split(',').map((part) => part.trim()),
    complaint: (value) =>
      Array.isArray(value)
        ? value.map((one) => name.complaint(one)).find((complaint) => complaint !== undefined)
        : `${shown(value)} is not a list of names`,
    example,
  }
}

export function oneOf<const T extends string>(...values: T[]): Kind<T> {
  return {
    parse: (value) => value,
    complaint: (value) =>
      values.some((one) => one === value) ? undefined : `${shown(value)} is none of ${values.join(', ')}`,
    example: values[0] ?? '',
  }
}

const YES = ['true', 'on', '1', 'yes']
const NO = ['false', 'off', '0', 'no']

export const yesOrNo = (example: string): Kind<boolean> => ({
  parse: (value) => (YES.includes(value) ? true : NO.includes(value) ? false : value),
  complaint: (value) => (typeof value === 'boolean' ? undefined : `${shown(value)} is neither true nor false`),
  example,
})

export function wholeNumber(noun: string, least: number, most: number, example: string): Kind<number> {
  return {
    parse: (value) => (/^[0-9]+$/.test(value) ? Number(value) : value),
    complaint: (value) =>
      Number.isInteger(value) && (value as number) >= least && (value as number) <= most
        ? undefined
        : `${shown(value)} is not ${noun} from ${least} to ${most}`,
    example,
  }
}

/** Milliseconds, written as seconds or with a unit. */
export const duration: Kind<number> = {
  parse(value) {
    const [, amount, unit = 's'] = /^([0-9]+(?:\.[0-9]+)?)(ms|s|m)?$/.exec(value) ?? []
    return amount === undefined ? value : Number(amount) * ({ ms: 1, s: 1000, m: 60_000 }[unit] ?? 1)
  },
  complaint: (value) =>
    typeof value === 'number' && value > 0 && value < 2 ** 31 ? undefined : `${shown(value)} is not a time`,
  example: '30s',
}

/** A window's size in character cells, written `COLUMNSxROWS`. */
export const cells: Kind<{ columns: number; rows: number }> = {
  parse(value) {
    const [, columns, rows] = /^([0-9]+)x([0-9]+)$/.exec(value) ?? []
    return columns === undefined ? value : { columns: Number(columns), rows: Number(rows) }
  },
  complaint(value) {
    const { columns, rows } = (value ?? {}) as { columns?: unknown; rows?: unknown }
    const fits = (size: unknown) => Number.isInteger(size) && (size as number) >= 10 && (size as number) <= 10_000
    return fits(columns) && fits(rows) ? undefined : `${shown(value)} is not a size from 10x10 to 10000x10000`
  },
  example: '220x50',
}

export function shown(value: unknown): string {
  const written = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return `"${written.length > 60 ? `${written.slice(0, 60)}...` : written}"`
}
