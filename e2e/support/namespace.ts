import { randomBytes } from 'node:crypto'
import { succeed } from './run.ts'

/** Makes a namespace in which pods can be made: it has its ServiceAccount `default`, which comes a moment later. */
export async function createNamespace(name: string): Promise<void> {
  await succeed('kubectl', ['create', 'namespace', name])
  const account = ['serviceaccount/default', '--for=create', '--timeout=60s']
  await succeed('kubectl', ['wait', '--namespace', name, ...account])
}

/** A namespace of a test's own, which goes with the value. */
export async function ownNamespace(): Promise<{ name: string } & AsyncDisposable> {
  const name = `e2e-${randomBytes(4).toString('hex')}`
  await createNamespace(name)
  return {
    name,
    async [Symbol.asyncDispose]() {
      await succeed('kubectl', ['delete', 'namespace', name, '--wait=false'])
    },
  }
}
