import type { Settings } from './settings.ts'

type Environment = Record<string, string>

/** The agent's name as its environment has it; undefined: nobody has named it. */
export function agentName(env: Environment): string | undefined {
  return env.GC_ALIAS || env.GC_AGENT || undefined
}

/** The image for a session: its rig's where there is one. */
export function imageFor({ image, rigImages }: Settings, env: Environment): string | undefined {
  return own(rigImages, env.GC_RIG) ?? image
}

/** The service account for a session: its agent's where there is one. */
export function serviceAccountFor(settings: Settings, env: Environment): string | undefined {
  return ofAgent(settings.serviceAccountMap, env) ?? settings.serviceAccount
}

/** What the settings add to an agent's environment: for all agents, then for this one. */
export function environmentFor({ agentEnv = {} }: Settings, env: Environment): Environment {
  const forAll = Object.entries(agentEnv).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  const named = Object.fromEntries(
    Object.entries(agentEnv).filter((entry): entry is [string, Environment] => typeof entry[1] !== 'string'),
  )
  return { ...Object.fromEntries(forAll), ...ofAgent(named, env) }
}

/** By the agent's whole name, else by what is behind its last slash: `rig/coder` is also `coder`. */
function ofAgent<T>(byName: Record<string, T> | undefined, env: Environment): T | undefined {
  for (const name of [env.GC_ALIAS, env.GC_AGENT]) {
    const found = own(byName, name) ?? own(byName, name?.split('/').at(-1))
    if (found !== undefined) return found
  }
  return undefined
}

function own<T>(byName: Record<string, T> | undefined, name: string | undefined): T | undefined {
  return byName !== undefined && name !== undefined && Object.hasOwn(byName, name) ? byName[name] : undefined
}
