import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { UsageError } from './errors/usage.ts'
import type { Runtime } from './runtime.ts'

/**
 * Asks a person at the terminal a question that only a y answers.
 * @throws {UsageError} there is nobody to ask, or the answer is another one
 */
export async function confirm({ stdin, stderr, signal }: Runtime, question: string, otherwise: string): Promise<void> {
  if (stdin.isTTY !== true) throw new UsageError(`there is no terminal to ask at: ${question}`, otherwise)
  stderr.write(`${question} [y/N] `)
  const lines = createInterface({ input: stdin })
  try {
    const closed = once(lines, 'close', { signal }).then(() => [''])
    const [answer = ''] = (await Promise.race([once(lines, 'line', { signal }), closed])) as string[]
    if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError('nothing was changed, as you did not say y')
  } finally {
    lines.close()
  }
}
