import { KubeError } from '../errors.ts'
import type { Answer } from './transport.ts'

/**
 * The answer's JSON.
 * @throws {KubeError} it is none: something between us and the API server answered
 */
export function parseAnswer<T>(answer: Answer, path: string): T {
  try {
    return JSON.parse(answer.text)
  } catch (cause) {
    const excerpt = answer.text.trim().slice(0, 200)
    throw new KubeError(`the answer to ${path} is not JSON: ${excerpt}`, {
      cause,
      suggestion: 'Check that the server in the kubeconfig is an API server, not a login page or proxy.',
    })
  }
}
