import type { HelpGroup } from '../command.ts'
import { commands } from '../commands/index.ts'
import { columns } from './columns.ts'

const groups: HelpGroup[] = ['Sessions', 'City', 'Cluster', 'Help']

/** What stands for several commands, such as `meta` for `meta get` and its kin. */
export const topics: Record<string, { group: HelpGroup; summary: string }> = {
  meta: { group: 'Sessions', summary: 'Read and change the metadata of a session.' },
  city: { group: 'City', summary: 'Compare a city with what runs.' },
  dolt: { group: 'Cluster', summary: 'Query, reach, back up and restore the databases.' },
  secrets: { group: 'Cluster', summary: "Bring this machine's agent credentials into the cluster." },
  controller: { group: 'Cluster', summary: 'Run gc itself in the cluster, with the folder of a city.' },
  broker: { group: 'Cluster', summary: 'See and end the processes that make verbs fast.' },
}

/** `kubectl gc`, without a command. */
export function rootHelp(): string {
  const rows = Object.entries(commands)
    .filter(([id]) => !id.includes(':'))
    .map(([id, Class]) => ({ name: id, group: Class.group, summary: Class.summary ?? '' }))
  for (const [name, topic] of Object.entries(topics)) rows.push({ name, ...topic })
  const sections = groups.map((group) => {
    const members = rows.filter((row) => row.group === group)
    return `${group}:\n${columns(members.map(({ name, summary }) => [name, summary]))}`
  })
  return [
    'Run AI coding agents as sessions on Kubernetes.\n',
    'Usage:\n  kubectl gc COMMAND [flags]\n',
    ...sections,
    'Use "kubectl gc COMMAND --help" for more about a command.\n',
  ].join('\n')
}

/** `kubectl gc meta`, a word that only begins commands. */
export function topicHelp(topic: string): string {
  const rows = Object.entries(commands).filter(([id]) => id.startsWith(`${topic}:`))
  const list = columns(rows.map(([id, Class]) => [id.slice(topic.length + 1), Class.summary ?? '']))
  return [
    `${topics[topic]?.summary ?? ''}\n`,
    `Usage:\n  kubectl gc ${topic} COMMAND [flags]\n`,
    `Commands:\n${list}`,
    `Use "kubectl gc ${topic} COMMAND --help" for more about a command.\n`,
  ].join('\n')
}
