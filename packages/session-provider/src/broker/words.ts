/** The word that makes `gc-session-k8s` a broker, before the folder of its socket and its key. */
export const BROKER_WORD = '--broker'

/** Whether brokers may be used and started: not where GC_K8S_BROKER is `off`. */
export function isSwitchedOff(env: NodeJS.ProcessEnv): boolean {
  return env.GC_K8S_BROKER === 'off'
}
