import type { Bundle } from '../../bundle.ts'
import { expressionsIn, namedIn } from '../../template/used.ts'
import { emit } from './emit.ts'

/** `_helpers.tpl`: names, the fields that several templates share, and what the bundle adds. */
export function helpers(bundle: Bundle): string {
  const { name, files, notes } = bundle
  const context = { chart: name, root: '.' } as const
  const shared = namedIn([files, notes])
  const names = expressionsIn([files, notes]).flatMap((one) => (one.op === 'release' ? [one.field] : []))
  const blocks = [
    ...(names.includes('chartName') ? [chartName(bundle)] : []),
    ...(names.includes('fullname') ? [fullname(bundle)] : []),
    ...[...shared].map(([key, fields]) => define(`${name}.${key}`, emit(fields, 0, context))),
    ...(bundle.helpers === undefined ? [] : [bundle.helpers.trim()]),
  ]
  return blocks.map((block) => `${block}\n`).join('\n')
}

function define(name: string, lines: string[], comment?: string): string {
  const head = comment === undefined ? [] : [`{{/* ${comment} */}}`]
  return [...head, `{{- define "${name}" -}}`, ...lines, '{{- end }}'].join('\n')
}

const has = ({ schema }: Bundle, value: string) => schema.properties?.[value] !== undefined

const stemOf = (bundle: Bundle) =>
  has(bundle, 'nameOverride') ? 'default .Chart.Name .Values.nameOverride' : '.Chart.Name'

function chartName(bundle: Bundle): string {
  return define(`${bundle.name}.name`, [`{{- ${stemOf(bundle)} | trunc 63 | trimSuffix "-" }}`], "The chart's name.")
}

function fullname(bundle: Bundle): string {
  const release = [
    `{{- $name := ${stemOf(bundle)} }}`,
    '{{- if contains $name .Release.Name }}',
    '{{- .Release.Name | trunc 63 | trimSuffix "-" }}',
    '{{- else }}',
    '{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}',
    '{{- end }}',
  ]
  const lines = has(bundle, 'fullnameOverride')
    ? [
        '{{- if .Values.fullnameOverride }}',
        '{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}',
        '{{- else }}',
        ...release,
        '{{- end }}',
      ]
    : release
  return define(`${bundle.name}.fullname`, lines, 'The stem of the names of all objects: at most 63 characters.')
}
