import { randomBytes } from 'node:crypto'
import { test as base } from 'vitest'
import { type Result, run, succeed } from './run.ts'

/** A namespace that nobody has made yet, and the installation in it. */
export interface Place {
  name: string
  gc(...args: string[]): Promise<Result>
  kubectl(...args: string[]): Promise<string>
  /** `kind/name` and version of all that install may make, as far as it is there. */
  versions(): Promise<string[]>
}

export const test = base.extend<{ place: Place; other: Place }>({
  place: async ({ task: _ }, use) => {
    await using place = newPlace()
    await use(place)
  },
  other: async ({ task: _ }, use) => {
    await using place = newPlace()
    await use(place)
  },
})

const kinds =
  'statefulsets,deployments,services,serviceaccounts,roles,rolebindings,cronjobs,networkpolicies,resourcequotas,pvc,secrets'

function newPlace(): Place & AsyncDisposable {
  const name = `e2e-${randomBytes(4).toString('hex')}`
  const kubectl = (...args: string[]) => succeed('kubectl', ['--namespace', name, ...args])
  const columns = 'custom-columns=:kind,:metadata.name,:metadata.resourceVersion,:metadata.deletionTimestamp'
  return {
    name,
    kubectl,
    gc: (...args) => run('kubectl', ['gc', ...args, '--namespace', name]),
    async versions() {
      const lines = (await kubectl('get', kinds, '--output', columns, '--no-headers')).split('\n')
      const ours = lines.map((line) => line.trim().split(/\s+/)).filter(([kind, name]) => kind && name !== 'default')
      return ours
        .filter(([, , , deleted]) => deleted === '<none>')
        .map(([kind, name, version]) => `${kind}/${name} ${version}`)
    },
    async [Symbol.asyncDispose]() {
      await succeed('kubectl', ['delete', 'namespace', name, '--ignore-not-found', '--wait=false'])
    },
  }
}

/** `versions` without the versions. */
export const named = (versions: string[]) => versions.map((line) => line.split(' ')[0])

/** Objects of the namespace. @param what as kubectl get takes it */
export const json = async (place: Place, ...what: string[]) =>
  JSON.parse(await place.kubectl('get', ...what, '--output', 'json'))

/** How far an installation has come, as its record says. */
export async function state({ kubectl }: Place, bundle: string): Promise<string> {
  const encoded = await kubectl('get', 'secret', `kubectl-gc.${bundle}`, '--output', 'jsonpath={.data.state}')
  return JSON.parse(Buffer.from(encoded, 'base64').toString())
}
