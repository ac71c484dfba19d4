import { isAbsolute, join, normalize } from 'node:path'
import { UsageError } from '../errors/usage.ts'
import { hashOf } from './content.ts'
import type { Instance } from './instances.ts'
import { type Launch, launchOf } from './launch.ts'
import { podOf } from './pod-of.ts'
import { hasPrompt, promptOf } from './prompt.ts'
import type { Agent, City } from './read.ts'
import type { SessionSettings } from './settings.ts'
import { type Fields, fillIn } from './template.ts'

/** What one session of an agent is. @throws {UsageError} a file that the agent names cannot be used */
export async function settingsOf(
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
