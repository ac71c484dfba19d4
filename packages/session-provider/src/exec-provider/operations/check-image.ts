import { type Operation, write } from '../call.ts'

/** Whether the cluster can run an image: exit code 0 or 1. */
export const checkImage: Operation = async ({ provider, name, stderr, signal }) => {
  const { available, reason, message, left } = await provider.checkImage(name, { signal })
  if (!available) await write(stderr, `gc-session-k8s: ${reason}: ${message}\n`)
  if (left !== undefined) await write(stderr, `gc-session-k8s: ${left}\n`)
  return available ? 0 : 1
}
