import { afterEach, expect, test, vi } from 'vitest'
import { commands as own } from '../src/commands/index.ts'
import { commands } from '../src/index.ts'

afterEach(() => void vi.restoreAllMocks())

/** What is written to a stream of this process. */
function hear(stream: NodeJS.WriteStream): string[] {
  const heard: string[] = []
  vi.spyOn(stream, 'write').mockImplementation((text, ...rest) => {
    heard.push(String(text))
    const written = rest.at(-1)
    if (typeof written === 'function') written()
    return true
  })
  return heard
}

test('a program of oclif can run every command', async () => {
  expect(Object.keys(commands)).toEqual(Object.keys(own))
  const printed = hear(process.stdout)
  await commands.version?.run(['--client'], import.meta.dirname)
  expect(printed.join('')).toMatch(/^Client Version: \d+\.\d+\.\d+\n$/)
})

test('a command that fails ends such a program with its exit code', async () => {
  const said = hear(process.stderr)
  await expect(commands.version?.run(['--nonsense'], import.meta.dirname)).rejects.toMatchObject({ oclif: { exit: 1 } })
  expect(said.join('')).toBe('error: unknown flag: --nonsense\nTry: kubectl gc version --help\n')
})
