import type { GcCommandClass } from './command.ts'

/** The class of a command and nothing else: that of `meta:get` is in commands/meta/get.ts. */
export async function loadCommand(id: string): Promise<GcCommandClass> {
  const [first, second] = id.split(':')
  const loaded = second === undefined ? import(`./commands/${first}.ts`) : import(`./commands/${first}/${second}.ts`)
  return (await loaded).default
}
