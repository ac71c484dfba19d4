import { customTable } from './custom-columns.ts'
import { printFound, printFoundAsJson } from './jsonpath/print.ts'
import type { ObjectFormat } from './print-sessions.ts'
import { structured } from './structured.ts'

/** A pod that was not made, for who wants to see or apply it. */
export async function printPod(format: ObjectFormat, pod: { metadata?: { name?: string } }): Promise<string> {
  switch (format.kind) {
    case 'name':
      return `pod/${pod.metadata?.name}\n`
    case 'jsonpath':
      return (format.asJson ? printFoundAsJson : printFound)(format.path.find(pod))
    case 'custom-columns':
      return customTable(format.columns, [pod], true)
    default:
      return structured(format.kind, pod)
  }
}
