import type { Client } from '@kubectl-gc/kube'
import type { Figures } from './stats.ts'

/** What every benchmark gets. */
export interface Context {
  client: Client
  /** A namespace of this run alone. */
  namespace: string
  /** For every process: the namespace, small requests, and a broker of this run alone. */
  env: NodeJS.ProcessEnv
  image: string
  /** Our verb executable. */
  executable: string
  /** Our plugin, run directly. */
  plugin: string
  /** A program of the executable's runtime that does nothing. */
  empty: string[]
  /** Another exec session provider, to be timed beside ours. */
  peer: string | undefined
  /** The short form, which shows that the benchmark runs and is about right. */
  short: boolean
}

/** One line of the results: what was timed beside what, and the figure that the bar is for. */
export interface Row {
  what: string
  /** Ours first. In the unit of the row; a ratio's in milliseconds. */
  series: Record<string, Figures>
  figure: number
  unit: 'times' | 'ms' | 'MB'
  bar: number
  aim: number
  /** Why the bar is missed as things are: then missing it is no news. */
  knownMiss?: string
}

export interface Benchmark {
  name: string
  /** What is timed beside what, for the page. */
  about: string
  run(context: Context): Promise<Row[]>
}

/** The ratio of the medians of the first two series. */
export function ratio(what: string, series: Record<string, Figures>, { bar, aim }: { bar: number; aim: number }): Row {
  const [ours, other] = Object.values(series)
  if (ours === undefined || other === undefined) throw new RangeError(`${what}: a ratio is of two series`)
  return { what, series, figure: ours.median / other.median, unit: 'times', bar, aim }
}

/** Whether a row misses its bar by half, and nobody knows why. */
export function misses({ figure, bar, knownMiss }: Row): boolean {
  return knownMiss === undefined && figure > bar * 1.5
}
