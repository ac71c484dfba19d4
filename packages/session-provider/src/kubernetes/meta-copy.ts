import type { Cluster } from './cluster.ts'
import { nameOf, pods } from './cluster.ts'
import { META_ANNOTATION_PREFIX } from './labels.ts'
import { findPod } from './pod-stream.ts'

/** Bytes above which a value is not copied: annotations are for people to see. */
const LONGEST = 4096

/** Copies a metadata value to the pod's annotations. Nothing depends on the copy, so a failed one fails nothing. */
export async function copyMeta(cluster: Cluster, session: string, key: string, value: string | null): Promise<void> {
  if (!/^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/.test(key)) return
  const copy = value !== null && Buffer.byteLength(value) > LONGEST ? null : value
  const signal = AbortSignal.timeout(2000)
  try {
    const pod = await findPod(cluster, session, signal)
    const patch = { metadata: { annotations: { [META_ANNOTATION_PREFIX + key]: copy } } }
    await cluster.client.patch(pods, nameOf(pod), patch, { signal })
  } catch {
    // The value itself is in tmux.
  }
}
