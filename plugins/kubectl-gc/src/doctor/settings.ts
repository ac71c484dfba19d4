import { variables } from '@kubectl-gc/session-provider'

/** The value of the variable that stands for an option, or its default; undefined: it has none. */
export function setting(option: keyof typeof variables, env: NodeJS.ProcessEnv, namespace: string): string | undefined {
  const { name, otherwise } = variables[option] as { name: string; otherwise: string | undefined }
  return env[name] || otherwise?.replace('<namespace>', namespace)
}

/** What sessions run where nothing says. */
export function imageOf(env: NodeJS.ProcessEnv): string {
  return env[variables.image.name] || 'gc-agent:latest'
}
