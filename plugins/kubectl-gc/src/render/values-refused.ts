import type { ValuesError } from '@kubectl-gc/manifests'
import { UsageError } from '../errors/usage.ts'

/**
 * What `render` gives, with errors about values in words for people.
 * @param nextStep what to do about these problems. Default, and where it is undefined: to look the values up
 * @throws {UsageError} a value that the bundle refuses; the message names it
 */
export async function orSayWhichValue<T>(
  bundle: string,
  render: () => T | Promise<T>,
  nextStep: (problems: ValuesError['problems']) => string | undefined = () => undefined,
): Promise<T> {
  try {
    return await render()
  } catch (error) {
    const { isValuesError } = await import('@kubectl-gc/manifests')
    if (!isValuesError(error)) throw error
    const told = error.problems.map(({ path, message }) => `${path}: ${message}`).join('; ')
    throw new UsageError(told, nextStep(error.problems) ?? `kubectl gc explain ${bundle}`, error)
  }
}
