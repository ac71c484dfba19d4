import type { GcCommandClass } from '../command.ts'
import { columns, paragraph } from './columns.ts'

interface Flag {
  type: 'boolean' | 'option'
  char?: string | undefined
  helpLabel?: string | undefined
  helpValue?: string | string[] | undefined
  summary?: string | undefined
  allowNo?: boolean | undefined
}

interface Arg {
  description?: string | undefined
  required?: boolean | undefined
  multiple?: boolean | undefined
}

function flagRow([name, flag]: [string, Flag]): [string, string] {
  const value = flag.type === 'option' ? `=${flag.helpValue}` : flag.allowNo === true ? '=true' : ''
  const label = flag.helpLabel ?? `${flag.char === undefined ? '    ' : `-${flag.char}, `}--${name}${value}`
  return [label, flag.summary ?? '']
}

function argWord([name, arg]: [string, Arg]): string {
  const word = `${name.toUpperCase()}${arg.multiple === true ? '...' : ''}`
  return arg.required === true ? word : `[${word}]`
}

/** The line that shows how the command is typed. */
function usageLine(Class: GcCommandClass): string {
  const words = [Class.id.replace(':', ' '), ...Object.entries(Class.args ?? {}).map(argWord), '[flags]']
  return `kubectl gc ${typeof Class.usage === 'string' ? Class.usage : words.join(' ')}`
}

/** `kubectl gc COMMAND --help`. */
export function commandHelp(Class: GcCommandClass): string {
  const examples = Class.examples.map((example) => `  ${example as string}\n`).join('')
  const sections = [paragraph(Class.summary ?? '')]
  if (Class.description !== undefined) sections.push(paragraph(Class.description))
  sections.push(`Usage:\n  ${usageLine(Class)}\n`, `Examples:\n${examples}`)
  const own = Object.entries((Class.flags ?? {}) as Record<string, Flag>)
  if (own.length > 0) sections.push(`Flags:\n${columns(own.map(flagRow))}`)
  const everywhere = Object.entries(Class.baseFlags as Record<string, Flag>)
  sections.push(`Global flags:\n${columns(everywhere.map(flagRow))}`)
  return sections.join('\n')
}
