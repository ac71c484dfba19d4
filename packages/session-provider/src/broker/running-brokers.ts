import { readdirSync } from 'node:fs'
import { ask } from './ask.ts'
import { brokerDirectory, isPrivate } from './directory.ts'
import { BROKER_STATUS, BROKER_STOP } from './request.ts'
import type { BrokerStatus } from './status.ts'
import { PROTOCOL } from './version.ts'

export type { BrokerStatus } from './status.ts'

/** A broker of this user: one for each identity that has been used of late. */
export interface RunningBroker {
  status: BrokerStatus
  /** Asks it to take no more requests, finish those that it has, and leave. */
  stop(): Promise<void>
}

/** The brokers of this user that answer. @param env says where their sockets are */
export async function runningBrokers(env: NodeJS.ProcessEnv = process.env): Promise<RunningBroker[]> {
  const directory = brokerDirectory(env)
  if (directory === undefined || !isPrivate(directory)) return []
  const sockets = readdirSync(directory).filter((name) => name.endsWith('.sock'))
  const found = await Promise.all(sockets.map((name) => reach(`${directory}/${name}`)))
  return found.filter((broker) => broker !== undefined).sort((a, b) => a.status.pid - b.status.pid)
}

async function reach(socket: string): Promise<RunningBroker | undefined> {
  const request = { protocol: PROTOCOL, version: '', name: '', args: [], env: {} }
  const answer = await ask(socket, { ...request, operation: BROKER_STATUS })
  if (typeof answer !== 'object') return undefined
  return {
    status: JSON.parse(answer.stdout.toString()),
    async stop() {
      await ask(socket, { ...request, operation: BROKER_STOP })
    },
  }
}
