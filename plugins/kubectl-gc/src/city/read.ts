import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { nearest } from '@kubectl-gc/manifests/nearest'
import { UsageError } from '../errors/usage.ts'
import { CITY_FILE } from './find.ts'
import { type AgentFile, agentSchema, type CityFile, citySchema } from './schema.ts'
import { type Read, readToml } from './toml.ts'

/** An agent as the city's files describe it. */
export interface Agent {
  name: string
  /** Where it is described, for messages. */
  where: string
  fields: AgentFile
}

/** A city's files, read and checked. */
export interface City {
  /** Its folder: an absolute path. */
  root: string
  name: string
  file: CityFile
  /** By name. */
  agents: Agent[]
  /** What people should know of the files. */
  notes: string[]
}

const agentName = /^[A-Za-z0-9][A-Za-z0-9_-]*$/

/**
 * Reads city.toml, pack.toml where there is one, and agents/. An agent that is described in several is one agent, of
 * which agents/NAME/agent.toml has the last word.
 * @throws {UsageError} a file that cannot be used, an agent that depends on none, or two of one name
 */
export async function readCity(root: string): Promise<City> {
  const city = await readToml(join(root, CITY_FILE), CITY_FILE, citySchema)
  const pack = await readPack(root)
  const notes = [...city.notes, ...(pack?.notes ?? [])]
  if (city.value.imports !== undefined || pack?.value.imports !== undefined) {
    notes.push('agents of imported packs are not known here: gc runs them')
  }
  const providers = { ...pack?.value.providers, ...city.value.providers }
  const agents = new Map<string, Agent>()
  for (const [where, file] of [
    ['pack.toml', pack?.value],
    [CITY_FILE, city.value],
  ] as const) {
    for (const [index, { name, ...fields }] of (file?.agent ?? []).entries()) {
      assertAgentName(name, `${where}: agent[${index}].name`)
      if (agents.get(name)?.where === where) throw new UsageError(`${where}: two agents are called "${name}"`)
      agents.set(name, { name, where, fields: { ...agents.get(name)?.fields, ...fields } })
    }
  }
  for (const { name, value, where, notes: more } of await agentFolders(root)) {
    agents.set(name, { name, where, fields: { ...agents.get(name)?.fields, ...value } })
    notes.push(...more)
  }
  const all = [...agents.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const agent of all) assertDependencies(agent, [...agents.keys()])
  const name = city.value.workspace?.name || basename(root)
  return { root, name, file: { ...city.value, providers }, agents: all, notes }
}

async function readPack(root: string): Promise<Read<CityFile> | undefined> {
  const path = join(root, 'pack.toml')
  return (await isThere(path)) ? readToml(path, 'pack.toml', citySchema) : undefined
}

async function agentFolders(root: string) {
  const entries = await readdir(join(root, 'agents'), { withFileTypes: true }).catch(ifMissing)
  const names = entries.filter((entry) => entry.isDirectory() && !/^[._]/.test(entry.name)).map((entry) => entry.name)
  return Promise.all(
    names.map(async (name) => {
      assertAgentName(name, `agents/${name}`)
      const where = `agents/${name}/agent.toml`
      const path = join(root, where)
      if (!(await isThere(path))) return { name, where: `agents/${name}`, value: {}, notes: [] }
      return { name, where, ...(await readToml(path, where, agentSchema)) }
    }),
  )
}

function ifMissing(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return []
  throw new UsageError(`agents cannot be read: ${error.code}`, 'make the folder agents readable', error)
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}

function assertAgentName(name: string, where: string): void {
  if (agentName.test(name)) return
  const message = `${where}: ${JSON.stringify(name)} cannot be the name of an agent`
  throw new UsageError(message, 'use letters, digits, "-" and "_"; it begins with a letter or a digit')
}

function assertDependencies({ name, where, fields }: Agent, names: string[]): void {
  for (const other of fields.depends_on ?? []) {
    if (names.includes(other)) continue
    const near = nearest(other, names)
    const message = `${where}: agent "${name}" depends on "${other}", and the city has no such agent`
    throw new UsageError(message, near === undefined ? `its agents: ${names.join(', ')}` : `did you mean "${near}"?`)
  }
}
