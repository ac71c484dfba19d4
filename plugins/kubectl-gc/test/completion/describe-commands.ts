import type { Bundle } from '@kubectl-gc/manifests'
import { bundles } from '@kubectl-gc/manifests'
import type { GcCommandClass } from '../../src/command.ts'
import { commands } from '../../src/commands/index.ts'
import type { Argument, BundleEntry, CommandEntry, Flag, Table, Values } from '../../src/completion/table.ts'
import { type Schema as FieldSchema, within } from '../../src/explain/schema.ts'
import { subjectCalled } from '../../src/explain/subject.ts'
import { topics } from '../../src/help/root.ts'
import { formats } from '../../src/output/format.ts'

interface OclifFlag {
  type: 'boolean' | 'option'
  char?: string
  helpValue?: string
  options?: readonly string[]
  summary?: string
  multiple?: boolean
  hidden?: boolean
}

interface OclifArg {
  multiple?: boolean
  options?: readonly string[]
}

type Schema = Bundle['schema']

const byFlag: Record<string, Values> = {
  ...{ namespace: 'namespace', context: 'context', cluster: 'cluster', user: 'user' },
  ...{ set: 'assignment', overlay: 'overlay', agent: 'agent', session: 'session' },
}
const byHelpValue: Record<string, Values> = {
  ...{ FILE: 'file', DIR: 'folder', FOLDER: 'folder' },
  FORMAT: formats.map((format) => format.replace('...', '')),
}
const byArgument: Record<string, Values> = {
  ...{
    name: 'session',
    session: 'session',
    key: 'meta key',
    bundle: 'bundle',
    agent: 'agent',
    command: 'command',
    folder: 'folder',
    ...{ source: 'copy end', target: 'copy end', field: 'field' },
    ...{ from: 'file', to: 'file', file: 'file', backup: 'file' },
  },
}
/** A session that is started is one of the city's agents, not one that runs. */
const namesAgents = ['start', 'up', 'down', 'diff']

const subjects = await Promise.all(
  ['session', 'city', 'agent'].map(async (name) => [name, await subjectCalled(name)] as const),
)

/** The table of completions as the commands and the bundles are now. */
export function describeCommands(): Table {
  const [first] = Object.values(commands)
  return {
    commands: mapped(commands, describeCommand),
    topics: mapped(topics, (_, { summary }) => summary),
    globalFlags: flagsOf(first?.baseFlags),
    fields: Object.fromEntries(subjects.map(([name, { schema }]) => [name, Object.fromEntries(fieldsOf(schema, ''))])),
    bundles: mapped(bundles as unknown as Record<string, Bundle>, (_, bundle) => describeBundle(bundle)),
  }
}

function describeCommand(id: string, Class: GcCommandClass): CommandEntry {
  const args = Object.entries((Class.args ?? {}) as Record<string, OclifArg>).map(([name, arg]): Argument => {
    const known = name === 'name' && namesAgents.includes(id) ? 'agent' : byArgument[name]
    const fixed = arg.options === undefined ? undefined : [...arg.options, ...commandsBelow(id)]
    return { values: fixed ?? known ?? 'any', ...(arg.multiple ? { multiple: true as const } : {}) }
  })
  return { summary: Class.summary ?? '', args, flags: flagsOf(Class.flags) }
}

/** The last words of commands that begin with another command's, as `completion install` does. */
function commandsBelow(id: string): string[] {
  return Object.keys(commands).flatMap((other) => (other.startsWith(`${id}:`) ? [other.slice(id.length + 1)] : []))
}

function flagsOf(flags: object | undefined): Record<string, Flag> {
  const shown = Object.entries((flags ?? {}) as Record<string, OclifFlag>).filter(([, { hidden }]) => hidden !== true)
  return mapped(Object.fromEntries(shown), (name, { type, char, helpValue = '', options, summary = '', multiple }) => ({
    summary,
    ...(char === undefined ? {} : { char }),
    ...(type === 'boolean' ? {} : { values: options ?? byFlag[name] ?? byHelpValue[helpValue] ?? 'any' }),
    ...(multiple ? { multiple: true as const } : {}),
  }))
}

function describeBundle({ overlays = {}, schema }: Bundle): BundleEntry {
  return { overlays: Object.keys(overlays), values: Object.fromEntries(paths(schema, '')) }
}

/** Every field below a schema with its path, through lists and maps. */
function fieldsOf(schema: FieldSchema, above: string): [string, string][] {
  return Object.entries(within(schema).properties ?? {}).flatMap(([name, field]): [string, string][] => {
    const path = above + name
    return [[path, field.description ?? within(field).description ?? ''], ...fieldsOf(field, `${path}.`)]
  })
}

/** Every value below a schema with its path; of lists and free mappings only where they stand. */
function paths({ properties = {} }: Schema, above: string): [string, string][] {
  return Object.entries(properties).flatMap(([name, schema]): [string, string][] => {
    const path = `${above}${name.replaceAll('.', '\\.')}`
    return schema.properties === undefined ? [[path, schema.description ?? '']] : paths(schema, `${path}.`)
  })
}

function mapped<From, To>(all: Record<string, From>, make: (key: string, value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(all).map(([key, value]) => [key, make(key, value)]))
}
