import { commands } from '../../src/commands/index.ts'
import { commandHelp } from '../../src/help/command.ts'
import { rootHelp } from '../../src/help/root.ts'

const introduction = `# Commands

What \`kubectl gc COMMAND --help\` prints, for every command. The global flags, which every command takes, are at the end.
`

/** The reference of every command, made from the help itself. */
export function commandReference(): string {
  const sections = Object.entries(commands).map(([id, Class]) => {
    Class.id = id
    const [help = ''] = commandHelp(Class).split('\nGlobal flags:\n')
    return `## ${id.replace(':', ' ')}\n\n\`\`\`\n${help.trimEnd()}\n\`\`\`\n`
  })
  const [first] = Object.values(commands)
  const globals = first === undefined ? '' : (commandHelp(first).split('\nGlobal flags:\n')[1] ?? '')
  const overview = `\`\`\`\n${rootHelp().trimEnd()}\n\`\`\`\n`
  return [introduction, overview, ...sections, `## Global flags\n\n\`\`\`\n${globals.trimEnd()}\n\`\`\`\n`].join('\n')
}
