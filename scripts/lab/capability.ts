import { readFile } from 'node:fs/promises'

const sysResource = 24n

/** Whether containers started here can have CAP_SYS_RESOURCE, read from a /proc/PID/status text. */
export function boundsSysResource(status: string): boolean {
  const set = /^CapBnd:\s*([0-9a-f]+)$/m.exec(status)?.[1]
  return set !== undefined && ((BigInt(`0x${set}`) >> sysResource) & 1n) === 1n
}

/** Whether this host lacks what runc asks for, so that our wrapper must stand in front of it. */
export async function needsRuncWrapper(): Promise<boolean> {
  return !boundsSysResource(await readFile('/proc/self/status', 'utf8'))
}
