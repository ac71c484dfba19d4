import { Command } from '@oclif/core/command'
import type { GcCommandClass } from './command.ts'
import { commands as own } from './commands/index.ts'
import { processRuntime } from './process-runtime.ts'
import { run } from './run.ts'

/** Every command as one of oclif's, for a program that has this package as its plugin. */
export const commands: Record<string, Command.Class> = Object.fromEntries(
  Object.entries(own).map(([id, Class]) => [id, asOclifCommand(id, Class)]),
)

function asOclifCommand(id: string, Class: GcCommandClass): Command.Class {
  return class extends Command {
    static override id = id
    static override summary = Class.summary
    static override description = Class.description ?? Class.summary
    static override examples = Class.examples
    static override args = Class.args
    static override flags = Class.flags
    static override baseFlags = Class.baseFlags

    override async run(): Promise<void> {
      this.parsed = true
      const exitCode = await run([...id.split(':'), ...this.argv], processRuntime())
      if (exitCode !== 0) this.exit(exitCode)
    }
  } as unknown as Command.Class
}
