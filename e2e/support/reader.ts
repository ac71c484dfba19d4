import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { commandsOf, exitCodeOf, lasting, type } from './guide.ts'
import { createNamespace } from './namespace.ts'
import { environment, run, succeed } from './run.ts'

/** Who follows a page: a namespace and a folder of his own. */
export interface Reader {
  namespace: string
  folder: string
  env: Record<string, string>
}

/** What is to know of a page besides its commands. */
export interface Page {
  /** Does what the page takes for granted. */
  given?: (reader: Reader) => Promise<unknown>
  /** What the page says, and what is typed for it here. */
  here?: Record<string, string>
  /** What commands show, by the command. */
  shows?: Record<string, RegExp>
  /** Commands that are not typed, and why. */
  leftOut?: Record<string, string>
  /** Its commands are for the repository's folder. */
  inRepository?: true
}

/** What the pages say of a reader's cluster, and what it is here. */
function here(namespace: string): Record<string, string> {
  return {
    'registry.example.com/gc-agent:1.0': environment.GC_K8S_IMAGE ?? '',
    '-- claude': '-- sh',
    '-n gc ': `-n ${namespace} `,
    '--namespace gc ': `--namespace ${namespace} `,
    'gc:gc-controller': `${namespace}:gc-controller`,
  }
}

/** A small machine holds few servers of the usual size. */
const small = (command: string) =>
  command === 'kubectl gc install' ? `${command} --cpu-request 10m --memory-request 32Mi` : command

/** Types every command of a page, in its order, as a reader with a namespace, which is gone afterwards. */
export async function follow(page: string, namespace: string, details: Page): Promise<void> {
  const { given, shows = {}, leftOut = {}, inRepository } = details
  const all = await commandsOf(page)
  expect(all, 'what the test says of commands that the page has no more').toEqual(
    expect.arrayContaining([...Object.keys(shows), ...Object.keys(leftOut)]),
  )
  const commands = all.filter((command) => leftOut[command] === undefined)
  const folder = await mkdtemp(join(tmpdir(), 'gc-guide-'))
  const reader: Reader = { namespace, folder, env: { GC_K8S_NAMESPACE: namespace } }
  const words = Object.entries({ ...here(namespace), ...details.here })
  const typed = async (command: string, meanwhile?: () => Promise<void>) => {
    const replaced = words.reduce((text, [word, other]) => text.replaceAll(word, other), small(command))
    const result = await type(replaced, reader.env, inRepository ? undefined : folder, meanwhile)
    const shown = lasting(result.output)
    expect({ ...result, output: shown }).toEqual({ command: replaced, exitCode: exitCodeOf(command), output: shown })
    if (shows[command] !== undefined) expect(shown, replaced).toMatch(shows[command])
  }
  try {
    await given?.(reader)
    for (let command = commands.shift(); command !== undefined; command = commands.shift()) {
      const next = / dolt forward /.test(command) ? commands.shift() : undefined
      await typed(command, next === undefined ? undefined : () => typed(next))
    }
  } finally {
    await rm(folder, { recursive: true })
    await run('kubectl', ['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false'])
  }
}

/** Makes the reader's namespace, and runs a session there. */
export async function withSession({ namespace, env }: Reader, name: string): Promise<void> {
  await withNamespace({ namespace })
  await succeed('gc-session-k8s', ['start', name], { env, stdin: JSON.stringify({ command: 'sh' }) })
}

export async function withNamespace({ namespace }: Pick<Reader, 'namespace'>): Promise<void> {
  await createNamespace(namespace)
}
