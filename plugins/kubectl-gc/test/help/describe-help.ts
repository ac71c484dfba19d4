import { commands } from '../../src/commands/index.ts'
import { commandHelp } from '../../src/help/command.ts'
import { rootHelp, topicHelp, topics } from '../../src/help/root.ts'
import type { HelpTexts } from '../../src/help/texts.ts'

/** All help as the commands are now. */
export function describeHelp(): HelpTexts {
  const texts = Object.entries(commands).map(([id, Class]) => [id, commandHelp(Object.assign(Class, { id }))])
  return {
    root: rootHelp(),
    topics: Object.fromEntries(Object.keys(topics).map((topic) => [topic, topicHelp(topic)])),
    commands: Object.fromEntries(texts),
  }
}
