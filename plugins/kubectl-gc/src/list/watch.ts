import type { SessionChange, SessionInfo } from '@kubectl-gc/session-provider'
import { repaint } from '../peek/show.ts'
import type { Output } from '../runtime.ts'
import { changesSince } from './changes.ts'
import { frames } from './frames.ts'
import type { ListView } from './view.ts'

export interface Watching {
  listed: SessionInfo[]
  changes: AsyncIterable<SessionChange>
  isMeant: (session: SessionInfo) => boolean
  sort: (sessions: SessionInfo[]) => SessionInfo[]
  view: ListView
  print: (text: string) => Promise<void>
  /** Whether what has been listed is left out. */
  only: boolean
  stdout: Output
}

/** Follows sessions until the watch ends: a table on a terminal is repainted, anything else gets each change as it comes. */
export async function watchList(watching: Watching): Promise<undefined> {
  const { listed, isMeant, view, print, only, stdout } = watching
  const changes = changesSince(listed, watching.changes, isMeant)
  if (view.isTable && stdout.isTTY === true && !only) {
    const draw = async (sessions: SessionInfo[]) => fit(await view.show(watching.sort(sessions)), stdout)
    await repaint(frames(listed, changes, draw, view.interval), stdout)
    return
  }
  if (!only && listed.length > 0) {
    if (view.isTable) await print(await view.show(listed))
    else for (const session of listed) await print(await view.showChange({ type: 'added', session }))
  }
  for await (const change of changes) await print(await view.showChange(change))
}

/** What has room on the terminal: its first rows, and how many more there are. */
function fit(text: string, { rows = 24 }: Output): string {
  const lines = text.trimEnd().split('\n')
  if (lines.length <= rows) return text
  return `${lines.slice(0, rows - 1).join('\n')}\n... and ${lines.length - rows + 1} more\n`
}
