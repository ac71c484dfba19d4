import { readFile } from 'node:fs/promises'
import { run } from './process.ts'

const MEGABYTE = 1024 * 1024

/** Stops the broker that this environment has. */
export async function stopBroker(env: NodeJS.ProcessEnv): Promise<void> {
  await run({ argv: ['kubectl-gc', 'broker', 'stop'] }, env)
}

/** Megabytes of memory that the environment's broker holds. @throws {Error} none runs */
export async function brokerMemory(env: NodeJS.ProcessEnv): Promise<number> {
  const status = await run({ argv: ['kubectl-gc', 'broker', 'status'] }, env)
  const pid = /pid\D*(\d+)/i.exec(status)?.[1]
  if (pid === undefined) throw new Error(`no broker runs: ${status}`)
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]
  return (Number(kilobytes) * 1024) / MEGABYTE
}
