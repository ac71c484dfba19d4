import type { KubernetesSessionProvider } from '@kubectl-gc/session-provider'
import { type Check, failed, ok, skipped, warning } from '../check.ts'
import { imageOf } from '../settings.ts'

/** Whether a node can run the image: asked only on request, since it takes a pod. */
export const image: Check = {
  name: 'image',
  async look({ image: name, sessions, env, signal }) {
    if (name === undefined) {
      const fix = `kubectl gc doctor --image ${imageOf(env)}`
      return skipped('not looked for, since that takes a pod', fix)
    }
    const provider = (await sessions()).provider as KubernetesSessionProvider
    const { available, reason, message, left } = await provider.checkImage(name, { signal })
    if (!available) {
      const fix = 'check its name, and that the nodes may pull it: GC_K8S_IMAGE, GC_K8S_IMAGE_PULL_SECRET'
      return failed(`no node can run "${name}": ${message ?? reason ?? 'unknown'}`, fix)
    }
    return left === undefined ? ok(`a node can run "${name}"`) : warning(`a node can run "${name}", but ${left}`)
  },
}
