import { isAbsolute, join, normalize } from 'node:path'
import { variables } from '@kubectl-gc/session-provider'
import { UsageError } from '../errors/usage.ts'
import type { SessionDefaults } from '../flags/target.ts'
import { hashOf } from './content.ts'
import { type Launch, launchOf } from './launch.ts'
import { hasPrompt, promptOf } from './prompt.ts'
import type { Agent, City } from './read.ts'
import type { PodTable } from './schema.ts'
import type { SessionSettings } from './settings.ts'
import { type Fields, fillIn } from './template.ts'

/** A session that the city should have. */
export interface Wanted {
  settings: SessionSettings
  /** The sessions that must run before this one starts. */
  after: string[]
}

/** What a session runs where neither the city nor a variable says. */
const defaultImage = 'gc-agent:latest'

/**
 * The sessions that a city should have: one for each agent, or as many as its min_active_sessions says. Suspended
 * agents have none, nor have those of rigs, which gc runs.
 * @param notes gets what people should know
 * @throws {UsageError} a file that an agent names cannot be used
 */
export async function sessionsOf(city: City, env: NodeJS.ProcessEnv, notes: string[] = []): Promise<Wanted[]> {
  const agents = city.agents.filter((agent) => !isLeftOut(agent, notes))
  const names = new Map(agents.map((agent) => [agent.name, instances(city, agent)]))
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
    const instance = instances(city, agent).find((one) => one.session === session)
    if (instance !== undefined) return settingsOf(city, agent, instance, env, notes)
  }
  return undefined
}

/** The names of the sessions that the city can have. */
export function sessionNames(city: City): string[] {
  return city.agents
    .filter((agent) => !isOfRig(agent))
    .flatMap((agent) => instances(city, agent).map(({ session }) => session))
}

interface Instance {
  /** The agent's name, with a number where there are several. */
  agent: string
  session: string
}

function isLeftOut(agent: Agent, notes: string[]): boolean {
  if (agent.fields.suspended === true) return true
  if (isOfRig(agent)) notes.push(`agent "${agent.name}" is one of a rig, so it is left to gc`)
  return isOfRig(agent)
}

function isOfRig({ fields }: Agent): boolean {
  return fields.scope === 'rig' || Boolean(fields.dir)
}

function instances({ name: city, file }: City, { name, where, fields }: Agent): Instance[] {
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

async function settingsOf(
  city: City,
  agent: Agent,
  { agent: instance, session }: Instance,
  env: NodeJS.ProcessEnv,
  notes: string[],
): Promise<SessionSettings> {
  const { fields } = agent
  const launch = launchOf(city, agent)
  const workDir =
    fields.work_dir === undefined
      ? undefined
      : fillIn(fields.work_dir, fieldsOf(city, agent, instance, session, ''), `${agent.where}: work_dir`)
  const values = fieldsOf(city, agent, instance, session, workDir === undefined ? city.root : inCity(city, workDir))
  const filled = (key: string, text: string) => fillIn(text, values, `${agent.where}: ${key}`)
  const all = (key: 'pre_start' | 'session_setup' | 'session_live') => fields[key]?.map((text) => filled(key, text))
  const script = fields.session_setup_script
  const overlay = fields.overlay_dir
  return {
    session,
    command: launch.command,
    ...(await prompting(city, agent, launch, values, notes)),
    env: {
      GC_AGENT: instance,
      GC_CITY: city.root,
      GC_SESSION_NAME: session,
      ...city.file.workspace?.env,
      ...launch.env,
      ...fields.env,
    },
    start: {
      workDir: workDir === undefined ? undefined : inCity(city, workDir),
      lifecycle: fields.lifecycle || undefined,
      processNames: launch.processNames,
      nudge: fields.nudge || undefined,
      readyPromptPrefix: launch.readyPromptPrefix || undefined,
      readyDelayMs: launch.readyDelayMs,
      preStart: all('pre_start'),
      sessionSetup: all('session_setup'),
      sessionLive: all('session_live'),
      sessionSetupScript: script === undefined ? undefined : inCity(city, script),
      overlayDir: overlay === undefined ? undefined : inCity(city, overlay),
    },
    pod: { ...podOf(city.file.session?.k8s ?? {}, fields.k8s ?? {}, env), city: city.root },
    content: {
      ...(script === undefined ? {} : { script: await hashOf(inCity(city, script), script) }),
      ...(overlay === undefined ? {} : { overlay: await hashOf(inCity(city, overlay), overlay) }),
    },
  }
}

async function prompting(city: City, agent: Agent, launch: Launch, values: Fields, notes: string[]) {
  if (launch.promptMode === 'none') {
    if (agent.fields.prompt_mode === undefined && (await hasPrompt(city, agent))) {
      notes.push(
        `agent "${agent.name}" is not given its prompt: beside a start_command, that takes prompt_mode = "arg"`,
      )
    }
    return { prompt: undefined, promptFlag: undefined }
  }
  const promptFlag = launch.promptMode === 'flag' ? launch.promptFlag : undefined
  if (launch.promptMode === 'flag' && !promptFlag) {
    throw new UsageError(
      `${agent.where}: prompt_mode is "flag", and there is no prompt_flag`,
      'set prompt_flag = "--prompt"',
    )
  }
  return { prompt: await promptOf(city, agent, values), promptFlag }
}

/** What templates may name. Nothing that only a rig has is there: rigs are gc's. */
function fieldsOf(city: City, agent: Agent, instance: string, session: string, workDir: string): Fields {
  return {
    Agent: instance,
    AgentName: instance,
    AgentBase: agent.name,
    TemplateName: agent.name,
    Session: session,
    City: city.name,
    CityName: city.name,
    CityRoot: city.root,
    ConfigDir: city.root,
    WorkDir: workDir,
    Rig: '',
    RigName: '',
    RigRoot: '',
    DefaultBranch: '',
    IssuePrefix: '',
  }
}

/** A path of the city's files, which are told relative to its folder; `//` too stands for that. */
function inCity({ root }: City, path: string): string {
  if (path.startsWith('//')) return join(root, path)
  return isAbsolute(path) ? normalize(path) : join(root, path)
}

const options = {
  image: 'image',
  cpuRequest: 'cpu_request',
  memoryRequest: 'mem_request',
  cpuLimit: 'cpu_limit',
  memoryLimit: 'mem_limit',
  serviceAccount: 'service_account',
} as const

/** The agent's own table first, then the variables, as gc has it, then the city's. */
function podOf(ofCity: PodTable, ofAgent: PodTable, env: NodeJS.ProcessEnv): SessionDefaults {
  const chosen: [string, unknown][] = Object.entries(options).map(([option, key]) => {
    const { name } = variables[option as keyof typeof options]
    return [option, ofAgent[key] ?? (env[name] || ofCity[key])]
  })
  chosen.push(['prebaked', ofAgent.prebaked ?? (env[variables.prebaked.name] ? undefined : ofCity.prebaked)])
  return { image: defaultImage, ...Object.fromEntries(chosen.filter(([, value]) => value !== undefined)) }
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
