import { answer } from './answer.ts'

/** `kubectl_complete-gc WORD...`: prints what can stand for the last word, and ends the process with 0 whatever happens. */
export async function main(words: readonly string[]): Promise<void> {
  process.stdout.on('error', () => process.exit(0))
  const text = await answer(words)
  process.stdout.write(text, () => process.exit(0))
}
