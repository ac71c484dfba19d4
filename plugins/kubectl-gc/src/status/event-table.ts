import type { SessionEvent } from '../cluster/events.ts'
import { age } from '../output/age.ts'
import { table } from '../output/table.ts'

/** How many events are shown, the last ones. */
const most = 8

/** Events as kubectl describe shows them, the oldest first. */
export function eventTable(events: SessionEvent[], now: Date): string {
  const rows = events.slice(-most).map(({ type, reason, message, count, at }) => {
    return [age(at, now), type, reason, count > 1 ? `${message} (${count} times)` : message]
  })
  return table(['AGE', 'TYPE', 'REASON', 'MESSAGE'], rows).replace(/^(?=.)/gm, '  ')
}
