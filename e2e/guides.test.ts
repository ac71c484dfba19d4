import { expect } from 'vitest'
import { commandsOf, type } from './support/guide.ts'
import { environment } from './support/run.ts'
import { test } from './support/test.ts'

const SMALL = '--cpu-request 10m --memory-request 32Mi'

/** A guide's command with what this cluster has in the place of what the reader's has. */
function here(command: string, namespace: string): string {
  return command
    .replaceAll('registry.example.com/gc-agent:1.0', environment.GC_K8S_IMAGE ?? '')
    .replaceAll('-- claude', '-- sh')
    .replace(/^kubectl gc install$/, `kubectl gc install ${SMALL}`)
    .replaceAll('-n gc ', `-n ${namespace} `)
    .replaceAll('gc:gc-controller', `${namespace}:gc-controller`)
}

for (const page of ['getting-started/first-session.md', 'migrating.md']) {
  test.concurrent(`every command of docs/${page} works`, async ({ namespace }) => {
    const own = `${namespace}-${page.replaceAll(/[^a-z]+/g, '-')}`.slice(0, 40)
    const env = { GC_K8S_NAMESPACE: own }
    const commands = await commandsOf(page)
    expect(commands.length).toBeGreaterThan(5)
    try {
      expect(await type(`kubectl create namespace ${own}`, env)).toMatchObject({ exitCode: 0 })
      for (const command of commands) expect(await type(here(command, own), env)).toMatchObject({ exitCode: 0 })
    } finally {
      await type(`kubectl delete namespace ${own} --wait=false`, env)
    }
  })
}
