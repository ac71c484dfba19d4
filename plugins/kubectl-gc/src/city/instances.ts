import { UsageError } from '../errors/usage.ts'
import type { Agent, City } from './read.ts'
import { fillIn } from './template.ts'

/** One of the sessions of an agent. */
export interface Instance {
  /** The agent's name, with a number where there are several. */
  agent: string
  session: string
}

/** Whether it is gc's to run, for each rig. */
export function isOfRig({ fields }: Agent): boolean {
  return fields.scope === 'rig' || Boolean(fields.dir)
}

/** The sessions of an agent: one, or as many as its min_active_sessions says. @throws {UsageError} one has no name */
export function instancesOf({ name: city, file }: City, { name, where, fields }: Agent): Instance[] {
  const count = fields.min_active_sessions ?? 1
  const agents = count === 1 ? [name] : Array.from({ length: count }, (_, index) => `${name}-${index + 1}`)
  const template = file.workspace?.session_template || '{{.Agent}}'
  return agents.map((agent) => {
    const fields = { City: city, Agent: agent, Name: agent, Dir: '' }
    const session = fillIn(template, fields, 'city.toml: workspace.session_template')
    if (session === '') throw new UsageError(`${where}: workspace.session_template gives it no name`)
    return { agent, session }
  })
}
