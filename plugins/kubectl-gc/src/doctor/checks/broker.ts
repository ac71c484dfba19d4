import { runningBrokers } from '@kubectl-gc/session-provider/broker'
import manifest from '../../../package.json' with { type: 'json' }
import { type Check, ok, warning } from '../check.ts'

/** The processes that make verbs fast. None is needed for anything to be right. */
export const broker: Check = {
  name: 'broker',
  async look({ env }) {
    if (env.GC_K8S_BROKER === 'off') return ok('switched off (GC_K8S_BROKER)')
    const brokers = (await runningBrokers(env)).map(({ status }) => status)
    if (brokers.length === 0) return ok('none runs; the next call of gc-session-k8s starts one')
    const other = brokers.find(({ version }) => version !== manifest.version)
    const count = brokers.length === 1 ? 'one runs' : `${brokers.length} run`
    if (other !== undefined) {
      return warning(`${count}, of which process ${other.pid} has version ${other.version}`, 'kubectl gc broker stop')
    }
    return ok(`${count}, with ${brokers.reduce((sum, { streams }) => sum + streams, 0)} streams`)
  },
}
