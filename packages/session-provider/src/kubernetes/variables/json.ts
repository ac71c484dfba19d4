import type { Affinity, Toleration, TopologySpreadConstraint } from '@kubectl-gc/manifests/kubernetes'
import { shown } from './kinds.ts'
import type { Kind } from './variable.ts'

/** A JSON object whose values are text. */
export const textByName = (example: string): Kind<Record<string, string>> => ({
  parse: JSON.parse,
  complaint: (value) => fieldComplaint(value, (one) => typeof one === 'string'),
  example,
})

/** A JSON object whose values are text, or objects of the same. */
export const textByNameTwice = (example: string): Kind<Record<string, string | Record<string, string>>> => ({
  parse: JSON.parse,
  complaint: (value) =>
    fieldComplaint(
      value,
      (one) => typeof one === 'string' || fieldComplaint(one, (inner) => typeof inner === 'string') === undefined,
    ),
  example,
})

export const tolerations: Kind<Toleration[]> = {
  parse: JSON.parse,
  complaint: (value) => listComplaint(value, [], ['key', 'operator', 'value', 'effect', 'tolerationSeconds']),
  example: '[{"key":"agents","operator":"Exists"}]',
}

export const topologySpreadConstraints: Kind<TopologySpreadConstraint[]> = {
  parse: JSON.parse,
  complaint: (value) =>
    listComplaint(
      value,
      ['maxSkew', 'topologyKey', 'whenUnsatisfiable'],
      ['labelSelector', 'matchLabelKeys', 'minDomains', 'nodeAffinityPolicy', 'nodeTaintsPolicy'],
    ),
  example: '[{"maxSkew":1,"topologyKey":"kubernetes.io/hostname","whenUnsatisfiable":"ScheduleAnyway"}]',
}

export const affinity: Kind<Affinity> = {
  parse: JSON.parse,
  complaint: (value) => unknownField(value, ['nodeAffinity', 'podAffinity', 'podAntiAffinity']),
  example: '{"nodeAffinity":{...}}',
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function fieldComplaint(value: unknown, accepts: (value: unknown) => boolean): string | undefined {
  if (!isObject(value)) return `${shown(value)} is not a JSON object`
  const wrong = Object.keys(value).find((key) => !accepts(value[key]))
  return wrong === undefined ? undefined : `the value of "${wrong}" is not text`
}

function listComplaint(value: unknown, needed: string[], allowed: string[]): string | undefined {
  if (!Array.isArray(value)) return `${shown(value)} is not a JSON array`
  for (const [index, item] of value.entries()) {
    const missing = isObject(item) ? needed.find((key) => !(key in item)) : undefined
    const complaint = missing === undefined ? unknownField(item, [...needed, ...allowed]) : `"${missing}" is missing`
    if (complaint !== undefined) return `in item ${index + 1}, ${complaint}`
  }
  return undefined
}

/** The API server drops a field that it does not know, and the pod lands where it should not: so we tell. */
function unknownField(value: unknown, allowed: string[]): string | undefined {
  if (!isObject(value)) return `${shown(value)} is not a JSON object`
  const unknown = Object.keys(value).find((key) => !allowed.includes(key))
  return unknown === undefined ? undefined : `there is no field "${unknown}"`
}
