import { UsageError } from '../errors/usage.ts'
import { quote } from '../flags/command-line.ts'
import type { Agent, City } from './read.ts'
import type { ProviderTable } from './schema.ts'

/** How an agent's command is run. */
export interface Launch {
  /** A shell command line without the prompt; undefined: a shell. */
  command: string | undefined
  promptMode: 'arg' | 'flag' | 'none'
  promptFlag: string | undefined
  readyDelayMs: number | undefined
  readyPromptPrefix: string | undefined
  processNames: string[] | undefined
  /** What the provider adds to the environment. */
  env: Record<string, string>
}

/** Providers that may name one another as their base. */
const deepest = 10

/**
 * The agent's own start_command, which leaves its provider aside; else its provider's command and arguments, of which
 * the workspace's start_command takes the place. A provider without a command is the program of its name.
 * @throws {UsageError} a provider that the city does not describe is not the name of a program either
 */
export function launchOf(city: City, agent: Agent): Launch {
  const { fields } = agent
  if (fields.start_command !== undefined) return launch(fields.start_command, { prompt_mode: 'none', ...own(fields) })
  const { workspace, agent_defaults } = city.file
  const name = fields.provider ?? agent_defaults?.provider ?? (workspace?.provider || undefined)
  const provider = name === undefined ? {} : providerOf(city, agent, name)
  const merged = { ...provider, ...own(fields), env: provider.env }
  if (workspace?.start_command) return launch(workspace.start_command, merged)
  if (name === undefined) return launch(undefined, { prompt_mode: 'none', ...merged })
  const words = [...(merged.args ?? []), ...(provider.args_append ?? [])].map(quote)
  return launch([provider.command ?? programOf(agent, name), ...words].join(' '), merged)
}

function launch(command: string | undefined, table: ProviderTable): Launch {
  return {
    command,
    promptMode: table.prompt_mode ?? 'arg',
    promptFlag: table.prompt_flag,
    readyDelayMs: table.ready_delay_ms,
    readyPromptPrefix: table.ready_prompt_prefix,
    processNames: table.process_names,
    env: table.env ?? {},
  }
}

/** What the agent says in its provider's place. */
function own({ args, prompt_mode, prompt_flag, ready_delay_ms, ready_prompt_prefix, process_names }: Agent['fields']) {
  const given = { args, prompt_mode, prompt_flag, ready_delay_ms, ready_prompt_prefix, process_names }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as ProviderTable
}

/** The provider's table over that of its base, and so on. */
function providerOf({ file }: City, agent: Agent, name: string, depth = 0): ProviderTable {
  if (depth > deepest) throw new UsageError(`provider "${name}" is its own base`, 'correct its base in city.toml')
  const plain = name.replace(/^(builtin|provider):/, '')
  const table = name.startsWith('builtin:') ? undefined : file.providers?.[plain]
  if (table === undefined) return { command: programOf(agent, plain) }
  if (!table.base) return table
  const from = table.base === plain ? `builtin:${plain}` : table.base
  const base = providerOf({ file } as City, agent, from, depth + 1)
  const given = Object.fromEntries(Object.entries(table).filter(([, value]) => value !== undefined))
  return { ...base, ...given, env: { ...base.env, ...table.env } }
}

function programOf({ where }: Agent, name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) return name
  throw new UsageError(`${where}: there is no provider "${name}"`, `describe it in city.toml: [providers.${name}]`)
}
