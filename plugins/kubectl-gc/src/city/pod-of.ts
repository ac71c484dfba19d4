import { variables } from '@kubectl-gc/session-provider'
import type { SessionDefaults } from '../flags/target.ts'
import type { PodTable } from './schema.ts'

/** What a session runs where neither the city nor a variable says. */
const defaultImage = 'gc-agent:latest'

const options = {
  image: 'image',
  cpuRequest: 'cpu_request',
  memoryRequest: 'mem_request',
  cpuLimit: 'cpu_limit',
  memoryLimit: 'mem_limit',
  serviceAccount: 'service_account',
} as const

/** The agent's own table first, then the variables, as gc has it, then the city's. */
export function podOf(ofCity: PodTable, ofAgent: PodTable, env: NodeJS.ProcessEnv): SessionDefaults {
  const chosen: [string, unknown][] = Object.entries(options).map(([option, key]) => {
    const { name } = variables[option as keyof typeof options]
    return [option, ofAgent[key] ?? (env[name] || ofCity[key])]
  })
  chosen.push(['prebaked', ofAgent.prebaked ?? (env[variables.prebaked.name] ? undefined : ofCity.prebaked)])
  return { image: defaultImage, ...Object.fromEntries(chosen.filter(([, value]) => value !== undefined)) }
}
