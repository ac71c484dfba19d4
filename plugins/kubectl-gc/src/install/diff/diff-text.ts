import type { KubernetesObject } from '@kubectl-gc/kube'
import { written } from '@kubectl-gc/kube/apply'
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import { stringify } from 'yaml'
import { masked } from './masked.ts'

/**
 * A unified diff of an object, as `kubectl diff` prints one: by a file name that says version, kind, namespace and name,
 * of YAML with sorted keys. What the server writes, such as the status, is left out.
 * @param before undefined: the object is new
 * @param after undefined: the object goes
 */
export function diffText(before: KubernetesObject | undefined, after: KubernetesObject | undefined): string {
  const name = fileName(after ?? before ?? {})
  const [old, next] = masked(before && written(before), after && written(after))
  const [from, to] = [`LIVE/${name}`, `MERGED/${name}`]
  const patch = createTwoFilesPatch(from, to, text(old), text(next), undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  })
  return `diff -u -N ${from} ${to}\n${patch}`
}

/** As kubectl writes it: lists not indented, nothing folded or abbreviated. */
const yamlOptions = { sortMapEntries: true, indentSeq: false, lineWidth: 0, aliasDuplicateObjects: false }

/** As kubectl names the files that it compares: `apps.v1.StatefulSet.gc.dolt`. */
function fileName({ apiVersion = '', kind, metadata }: KubernetesObject): string {
  return [apiVersion.replace('/', '.'), kind, metadata?.namespace ?? '', metadata?.name].join('.')
}

function text(object: object | undefined): string {
  return object === undefined ? '' : stringify(object, yamlOptions)
}
