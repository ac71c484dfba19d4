import type { Operation } from './call.ts'
import { checkImage } from './operations/check-image.ts'
import { commands } from './operations/commands.ts'
import { copies } from './operations/copies.ts'
import { lifecycle } from './operations/lifecycle.ts'
import { metadata } from './operations/metadata.ts'
import { observation } from './operations/observation.ts'
import { terminal } from './operations/terminal.ts'
import { watchStartup } from './operations/watch-startup.ts'

/** The operations of the exec session provider protocol (Runtime Provider Protocol v0) that ask a cluster. */
export const operations: Record<string, Operation> = {
  ...lifecycle,
  ...terminal,
  ...metadata,
  ...observation,
  ...commands,
  ...copies,
  'check-image': checkImage,
  'watch-startup': watchStartup,
}
