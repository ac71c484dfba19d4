import { z } from 'zod'
import { custom, required } from '../template/combinators.ts'
import { type Expression, expressionOf } from '../template/expression.ts'

/** The object of a release that holds what earlier values came to. */
interface Holder {
  chart: string
  kind: 'ConfigMap' | 'Secret'
  /** What its name ends with, after the stem of all names. */
  suffix: '' | `-${string}`
}

/** The value that bundles with kept values have. To be spread into their schema. */
export const keepValues = {
  keepValues: z
    .boolean()
    .default(true)
    .describe('Whether what is empty here stays, in an upgrade, what the release has. Off, it is cleared.'),
}

/**
 * A value that `helm upgrade` may leave out: then it stays what the release's own object has. Outside Helm it is the
 * value. The bundle needs {@link keptHelper} and {@link keepValues}.
 */
export function kept(holder: Holder, key: string, value: string): string {
  return custom(pipeline(holder, key, value), value)
}

/** The same for a value that must have been given once. */
export function keptRequired(holder: Holder, key: string, value: string, message: string): string {
  return custom(`required ${JSON.stringify(message)} (${pipeline(holder, key, value)})`, required(value, message))
}

function pipeline({ chart, kind, suffix }: Holder, key: string, value: string): string {
  const { path } = expressionOf(value) as Extract<Expression, { op: 'value' }>
  const name = suffix === '' ? `include "${chart}.fullname" $` : `printf "%s${suffix}" (include "${chart}.fullname" $)`
  return `include "${chart}.kept" (list $ "${kind}" (${name}) "${key}" $.Values.${path.join('.')})`
}

/** The definition that kept values call, for the bundle's `helpers`. */
export function keptHelper(chart: string): string {
  return `
{{/* What is given, or else what the release's own object has under the key, unless that is not to be kept. */}}
{{- define "${chart}.kept" -}}
{{- $root := index . 0 -}}
{{- $kind := index . 1 -}}
{{- $value := index . 4 -}}
{{- if $value -}}
{{- $value -}}
{{- else if $root.Values.keepValues -}}
{{- $object := lookup "v1" $kind $root.Release.Namespace (index . 2) -}}
{{- if eq $root.Release.Name (dig "metadata" "annotations" "meta.helm.sh/release-name" "" $object) -}}
{{- $found := dig "data" (index . 3) "" $object -}}
{{- ternary (b64dec $found) $found (eq $kind "Secret") -}}
{{- end -}}
{{- end -}}
{{- end }}`
}
