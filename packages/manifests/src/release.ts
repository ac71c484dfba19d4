import { z } from 'zod'
import { named } from './template/combinators.ts'
import { type Expression, tokenOf } from './template/expression.ts'

/** One installation of a bundle, as its source sees it: names that are known when it is installed. */
export interface Release {
  /** The installation's name: Helm's release, the bundle's own name elsewhere. */
  name: string
  namespace: string
  /** A stem for the names of objects: see {@link fullname}. */
  fullname: string
  /** Recommended labels of every object. To be spread. */
  labels: Record<string, string>
  /** The labels among them that never change: for selectors, and for pods. To be spread. */
  selectorLabels: Record<string, string>
}

/** The same when it is known. */
export interface ReleaseFacts {
  chart: string
  name: string
  namespace: string
  /** Hands on a value that must be given, or throws. */
  require(expression: Extract<Expression, { op: 'required' }>, value: unknown): unknown
}

const name = z
  .string()
  .max(63)
  .regex(/^([a-z0-9]([-a-z0-9]*[a-z0-9])?)?$/, 'lower case letters, digits and inner hyphens')
  .default('')

/** Values of a bundle whose objects are named after {@link Release.fullname}. To be spread into its schema. */
export const nameValues = {
  nameOverride: name.describe("Takes the chart's name's place in names and labels."),
  fullnameOverride: name.describe('The stem of the names of all objects.'),
}

/** @param version of the bundle, which is a label too */
export function symbolicRelease(version: string): Release {
  const field = (name: 'name' | 'namespace' | 'fullname' | 'chartName') => tokenOf({ op: 'release', field: name })
  const selectorLabels = named('selectorLabels', {
    'app.kubernetes.io/name': field('chartName'),
    'app.kubernetes.io/instance': field('name'),
  })
  const labels = named('labels', {
    ...selectorLabels,
    'app.kubernetes.io/version': version,
    'app.kubernetes.io/part-of': 'kubectl-gc',
  })
  return { name: field('name'), namespace: field('namespace'), fullname: field('fullname'), labels, selectorLabels }
}

interface Overrides {
  nameOverride?: string
  fullnameOverride?: string
}

const short = (name: string) => name.slice(0, 63).replace(/-$/, '')

export function chartName({ chart }: ReleaseFacts, { nameOverride }: Overrides): string {
  return short(nameOverride || chart)
}

/** As charts have it: the override; else the release's name, followed by the chart's unless it holds that already. */
export function fullname({ chart, name }: ReleaseFacts, { nameOverride, fullnameOverride }: Overrides): string {
  if (fullnameOverride) return short(fullnameOverride)
  const stem = nameOverride || chart
  return short(name.includes(stem) ? name : `${name}-${stem}`)
}
