import { nearest } from '@kubectl-gc/manifests/nearest'
import type { StartConfig } from '@kubectl-gc/session-provider'
import { UsageError } from '../errors/usage.ts'
import type { SessionDefaults, Target } from '../flags/target.ts'
import type { Runtime } from '../runtime.ts'
import { findCity } from './find.ts'
import { targetIn } from './open.ts'
import { readCity } from './read.ts'
import { sessionNames, settingsFor } from './sessions-of.ts'
import { startConfigOf } from './settings.ts'

/** What a command line says of a session. It wins over the city's files. */
export interface Given {
  command: string | undefined
  env: Record<string, string>
  nudge: string | undefined
  pod: SessionDefaults
}

/** A session as it is to be started. */
export interface AsAgent {
  config: StartConfig
  pod: SessionDefaults
  target: Target
  notes: string[]
}

/**
 * How to start the session of this name as the agent that the city of the current folder has for it; undefined where
 * there is no city, or it has no such agent.
 * @throws {UsageError} the city cannot be used, or has an agent of nearly this name and nothing is said to run instead
 */
export async function asAgent(
  name: string,
  given: Given,
  { folder, target, env, cwd }: { folder: string | undefined; target: Target } & Pick<Runtime, 'env' | 'cwd'>,
): Promise<AsAgent | undefined> {
  const root = await findCity({ city: folder, env, cwd })
  if (root === undefined) return undefined
  const city = await readCity(root)
  const notes = [...city.notes]
  const settings = await settingsFor(city, name, env, notes)
  if (settings === undefined) {
    const near = nearest(name, sessionNames(city))
    if (near === undefined || given.command !== undefined) return undefined
    const suggestion = `kubectl gc start ${near}; or say what else it is: kubectl gc start ${name} --command LINE`
    throw new UsageError(`city "${city.name}" has no agent "${name}"`, suggestion)
  }
  const prompt = given.command === undefined ? settings.prompt : undefined
  const config = startConfigOf({
    ...settings,
    prompt,
    command: given.command ?? settings.command,
    env: { ...settings.env, ...given.env },
    start: { ...settings.start, nudge: given.nudge ?? settings.start.nudge },
    pod: { ...settings.pod, ...given.pod },
  })
  return { config, pod: { ...settings.pod, ...given.pod }, target: targetIn(city, target, env), notes }
}
