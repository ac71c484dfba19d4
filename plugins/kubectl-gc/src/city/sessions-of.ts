import { UsageError } from '../errors/usage.ts'
import { settingsOf } from './agent-settings.ts'
import { instancesOf, isOfRig } from './instances.ts'
import type { Agent, City } from './read.ts'
import type { SessionSettings } from './settings.ts'

/** A session that the city should have. */
export interface Wanted {
  settings: SessionSettings
  /** The sessions that must run before this one starts. */
  after: string[]
}

/**
 * The sessions that a city should have: one for each agent, or as many as its min_active_sessions says. Suspended
 * agents have none, nor have those of rigs, which gc runs.
 * @param notes gets what people should know
 * @throws {UsageError} a file that an agent names cannot be used
 */
export async function sessionsOf(city: City, env: NodeJS.ProcessEnv, notes: string[] = []): Promise<Wanted[]> {
  const agents = city.agents.filter((agent) => !isLeftOut(agent, notes))
  const names = new Map(agents.map((agent) => [agent.name, instancesOf(city, agent)]))
  for (const { name, fields } of agents) {
    const without = (fields.depends_on ?? []).filter((other) => (names.get(other) ?? []).length === 0)
    for (const other of without) notes.push(`agent "${name}" starts without "${other}", which has no session here`)
  }
  const all = await Promise.all(
    agents.flatMap((agent) => {
      const after = (agent.fields.depends_on ?? []).flatMap((other) =>
        (names.get(other) ?? []).map(({ session }) => session),
      )
      return (names.get(agent.name) ?? []).map(async (instance) => ({
        settings: await settingsOf(city, agent, instance, env, notes),
        after,
      }))
    }),
  )
  assertDifferent(all)
  return all
}

/** What the session of this name is, be its agent suspended; undefined: the city has no such session. */
export async function settingsFor(
  city: City,
  session: string,
  env: NodeJS.ProcessEnv,
  notes: string[],
): Promise<SessionSettings | undefined> {
  for (const agent of city.agents.filter((one) => !isOfRig(one))) {
    const instance = instancesOf(city, agent).find((one) => one.session === session)
    if (instance !== undefined) return settingsOf(city, agent, instance, env, notes)
  }
  return undefined
}

/** The names of the sessions that the city can have. */
export function sessionNames(city: City): string[] {
  return city.agents
    .filter((agent) => !isOfRig(agent))
    .flatMap((agent) => instancesOf(city, agent).map(({ session }) => session))
}

function isLeftOut(agent: Agent, notes: string[]): boolean {
  if (agent.fields.suspended === true) return true
  if (isOfRig(agent)) notes.push(`agent "${agent.name}" is one of a rig, so it is left to gc`)
  return isOfRig(agent)
}

function assertDifferent(all: Wanted[]): void {
  const names = all.map(({ settings }) => settings.session)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice === undefined) return
  throw new UsageError(
    `two agents would have the session "${twice}"`,
    'rename one, or correct workspace.session_template',
  )
}
