import type { SessionInfo } from '@kubectl-gc/session-provider'
import { toSessionList, toSessionObject } from '@kubectl-gc/session-provider'
import { customTable } from './custom-columns.ts'
import type { Format } from './format.ts'
import { printFound, printFoundAsJson } from './jsonpath/print.ts'
import { structured } from './structured.ts'

/** A format that shows objects, where a table shows what people read. */
export type ObjectFormat = Exclude<Format, { kind: 'table' | 'wide' | 'json' | 'yaml' | 'name' }> | PlainFormat
interface PlainFormat {
  kind: 'json' | 'yaml' | 'name'
}

export function isObjectFormat(format: Format): format is ObjectFormat {
  return format.kind !== 'table' && format.kind !== 'wide'
}

/** Several sessions in a format of objects: one list, or a line each. */
export function printSessions(format: ObjectFormat, sessions: SessionInfo[], withHeaders = true): Promise<string> {
  return printObjects(format, toSessionList(sessions), sessions, withHeaders)
}

/** One session in a format of objects. */
export function printSession(format: ObjectFormat, session: SessionInfo, withHeaders = true): Promise<string> {
  return printObjects(format, toSessionObject(session), [session], withHeaders)
}

async function printObjects(format: ObjectFormat, whole: object, each: SessionInfo[], withHeaders: boolean) {
  switch (format.kind) {
    case 'name':
      return each.map(({ name }) => `session/${name}\n`).join('')
    case 'jsonpath':
      return (format.asJson ? printFoundAsJson : printFound)(format.path.find(whole))
    case 'custom-columns':
      return customTable(format.columns, each.map(toSessionObject), withHeaders)
    default:
      return structured(format.kind, whole)
  }
}
