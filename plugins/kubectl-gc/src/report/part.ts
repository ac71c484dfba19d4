import type { Cluster, Runtime } from '../runtime.ts'
import type { KnownSecrets } from './redact/known.ts'

/** What parts of a report are made from. */
export interface Source extends Pick<Runtime, 'env' | 'now'> {
  cluster: Cluster
  known: KnownSecrets
  signal: AbortSignal
  /** Lines of each log. */
  tail: number
  /** Told of what a part leaves out. */
  leftOut: (what: string) => void
}

/** Makes one part: what is to stand in the archive, under the names of files. Objects become JSON. */
export type Part = (source: Source) => Promise<Record<string, unknown>>
