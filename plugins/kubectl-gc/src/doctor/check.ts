import type { Cluster, Runtime, Sessions } from '../runtime.ts'

/** `warning`: it works, but perhaps not as it should. `skipped`: it was not looked at, and the message says why. */
export type Verdict = 'ok' | 'warning' | 'failed' | 'skipped'

/** What one check has found. */
export interface Finding {
  verdict: Verdict
  message: string
  /** What mends it: a command, or a sentence. */
  fix?: string | undefined
}

/** A finding, and what was looked at. */
export interface CheckResult extends Finding {
  check: string
}

/** What checks look at. */
export interface Subject extends Pick<Runtime, 'env' | 'cwd' | 'now'> {
  cluster: Cluster
  /** The sessions of the namespace, opened when a check needs them. */
  sessions: () => Promise<Sessions>
  /** Ends each request in time. */
  signal: AbortSignal
  /** An image to ask a node for; undefined: none is asked for. */
  image: string | undefined
}

/** A thing that can be wrong. */
export interface Check {
  name: string
  look(subject: Subject): Promise<Finding>
}

export const ok = (message: string): Finding => ({ verdict: 'ok', message })
export const warning = (message: string, fix?: string): Finding => ({ verdict: 'warning', message, fix })
export const failed = (message: string, fix?: string): Finding => ({ verdict: 'failed', message, fix })
export const skipped = (message: string, fix?: string): Finding => ({ verdict: 'skipped', message, fix })
