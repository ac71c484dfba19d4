import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createNamespace } from './support/namespace.ts'
import { run, succeed } from './support/run.ts'
import { test } from './support/test.ts'
import { type Entry, readTranscript, record, writeTranscript } from './support/transcript.ts'

const WRITES = process.env.KUBECTL_GC_WRITE_DOCS !== undefined
/** Commands that change nothing, and may be asked again until what was begun before them shows. */
const LOOKS = /^kubectl gc (peek|list|status|logs|city diff|diff)\b/
/** Milliseconds for that. */
const PATIENCE = 60_000

/** The long ones change with nothing but what other tests hold too. */
const names =
  process.env.KUBECTL_GC_TEST_FULL === undefined ? ['city', 'help'] : ['city', 'help', 'sessions', 'cluster']

const inExample: Record<string, string> = { city: new URL('../docs/examples/city', import.meta.url).pathname }

for (const name of names) {
  test.concurrent(`docs/transcripts/${name}.txt is what happens`, { timeout: 300_000 }, async ({
    namespace,
    expect,
  }) => {
    const own = `${namespace}-${name}`
    const folder = inExample[name] ?? (await mkdtemp(join(tmpdir(), 'gc-transcript-')))
    const node = await succeed('kubectl', ['get', 'nodes', '-o', 'jsonpath={.items[0].metadata.name}'])
    const where = { folder, env: { GC_K8S_NAMESPACE: own, TERM: 'xterm' }, words: { [own]: 'team', [node]: '<node>' } }
    await createNamespace(own)
    const told: Entry[] = []
    try {
      for (const { command, output } of await readTranscript(name)) {
        const shown = await answer(command, output)
        told.push({ command, output: output === undefined ? undefined : shown })
        if (!WRITES && output !== undefined) expect.soft(shown, command).toBe(output)
      }
    } finally {
      if (folder !== inExample[name]) await rm(folder, { recursive: true })
      await run('kubectl', ['delete', 'namespace', own, '--wait=false'])
    }
    if (WRITES) await writeTranscript(name, told)

    async function answer(command: string, expected: string | undefined): Promise<string> {
      const late = Date.now() + (WRITES ? 1500 : PATIENCE)
      for (;;) {
        const shown = await record(command, where)
        const isFinal = expected === undefined ? !WRITES : shown === expected
        if (isFinal || !LOOKS.test(command) || Date.now() > late) return shown
      }
    }
  })
}
