import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import type { ShowMeta } from '../session.ts'
import type { Cluster } from './cluster.ts'
import { nameOf, pods } from './cluster.ts'
import { META_ANNOTATION_PREFIX } from './labels.ts'

/** Bytes above which a value is not copied: annotations are for people to see. */
const LONGEST = 4096

/** Milliseconds that a copy may take. */
const TIMEOUT = 2000

/**
 * Copies metadata to the annotations of exactly this pod. Nothing depends on the copy, so a failed one fails nothing,
 * and who keeps streams lets no caller wait for it.
 */
export function metaCopy(cluster: Cluster, pod: Pod): ShowMeta {
  const uid = pod.metadata?.uid ?? ''
  const write = async (annotations: object) => {
    const patch = { metadata: { uid, annotations } }
    await cluster.client.patch(pods, nameOf(pod), patch, { timeout: TIMEOUT }).catch(() => {})
  }
  return async (key, value) => {
    if (!/^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/.test(key)) return
    const copy = value !== null && Buffer.byteLength(value) > LONGEST ? null : value
    const copies = { [META_ANNOTATION_PREFIX + key]: copy }
    if (cluster.late === undefined) await write(copies)
    else cluster.late.add(uid, copies, write)
  }
}
