import type { Bundle } from '../bundle.ts'
import { sessionsBundle } from './sessions/index.ts'

/** Every bundle by its name. */
export const bundles: Record<string, Bundle> = {
  sessions: sessionsBundle,
}
