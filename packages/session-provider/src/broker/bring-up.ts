import { greetingOf } from './ask.ts'
import { brokerDirectory, makeDirectory, socketPath } from './directory.ts'
import { brokerIdentity, noteIdentity } from './identity.ts'
import { spawnBroker } from './spawn.ts'

/** Makes it so that the next call finds a broker. Whatever keeps it from that is the next call's loss of speed only. */
export async function bringBrokerUp(env: NodeJS.ProcessEnv): Promise<void> {
  const directory = brokerDirectory(env)
  try {
    if (directory === undefined || !makeDirectory(directory)) return
    const identity = await brokerIdentity(env)
    const isNoted = noteIdentity(directory, env, identity)
    if (!isNoted || identity.key === undefined) return
    const isThere = (await greetingOf(socketPath(directory, identity.key))) !== undefined
    if (!isThere) spawnBroker(directory, identity.key, env)
  } catch {
    // The call itself has said what is wrong with the kubeconfig.
  }
}
