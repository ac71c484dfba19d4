import { expect, onTestFinished, test } from 'vitest'
import { confirm } from '../../src/confirm.ts'
import type { Runtime } from '../../src/runtime.ts'
import { gc, Keyboard, Sink } from '../support/gc.ts'
import { MemoryCluster } from '../support/memory-cluster.ts'

const pod = { name: 'dolt-0', namespace: 'gc', labels: { app: 'dolt' } }

/** A cluster with a pod of Dolt's in the namespace gc. */
function withDolt(status: object, metadata: object = {}): MemoryCluster {
  const cluster = new MemoryCluster()
  cluster.put({ apiVersion: 'v1', kind: 'Pod', metadata: { ...pod, ...metadata }, status })
  return cluster
}

const ready = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }
const pulling = { waiting: { reason: 'ImagePullBackOff', message: 'no such image' } }

test.for([
  [{ phase: 'Pending' }, {}, 'its pod is Pending'],
  [{ phase: 'Pending', containerStatuses: [{ state: pulling }] }, {}, 'no such image'],
  [ready, { deletionTimestamp: '2026-01-01T00:00:00Z' }, 'its pod is being deleted'],
] as const)('a Dolt of status %j, %j is not ready: %s', async ([status, metadata, why]) => {
  const { client } = withDolt(status, metadata)
  const { code, stderr } = await gc(['dolt', 'sql', '--execute', 'SELECT 1'], { client })
  expect(code).toBe(1)
  expect(stderr).toMatch(/^error: the Dolt server in namespace gc is not ready: .*\nTry: kubectl describe pod dolt-0 /)
  expect(stderr).toContain(why)
})

test('a backup to a claim that is not there says what there is instead', async () => {
  const { client } = withDolt(ready)
  const { code, stderr } = await gc(['dolt', 'backup'], { client })
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      'error: backups are not enabled in namespace gc, so there is no claim to back up to\n' +
      'Try: kubectl gc dolt backup --output FILE\n',
  })
})

test.for([
  [[], 'give a file or --scheduled, one of them'],
  [['town.tar', '--scheduled'], 'give a file or --scheduled, one of them'],
  [['--scheduled', '--before', 'soon'], '--before must be a time such as 2026-11-20T12:00:00Z, not "soon"'],
  [['/nowhere/town.tar'], 'cannot read /nowhere/town.tar'],
] as const)('restore %j is refused before a server is asked', async ([args, why]) => {
  const { code, stderr } = await gc(['dolt', 'restore', ...args])
  expect(code).toBe(1)
  expect(stderr).toContain(why)
})

/** What becomes of a question that is answered so. */
async function answered(text: string) {
  const stdin = new Keyboard()
  const stderr = new Sink()
  onTestFinished(() => void stdin.destroy())
  const { signal } = new AbortController()
  const asked = confirm({ stdin, stderr, signal } as unknown as Runtime, 'Sure?', 'say --yes')
  stdin.write(text)
  return { outcome: await asked.catch((error: Error) => error.message), shown: stderr.text }
}

test.for(['y\n', 'Yes\r\n', ' y \n'])('%j is a yes', async (text) => {
  expect(await answered(text)).toEqual({ outcome: undefined, shown: 'Sure? [y/N] ' })
})

test.for(['\n', 'n\n', 'yep\n', 'no y\n'])('%j is a no', async (text) => {
  expect((await answered(text)).outcome).toBe('nothing was changed, as you did not say y')
})

test('a terminal that closes is a no', async () => {
  const stdin = new Keyboard()
  const { signal } = new AbortController()
  const asked = confirm({ stdin, stderr: new Sink(), signal } as unknown as Runtime, 'Sure?', 'say --yes')
  stdin.end()
  await expect(asked).rejects.toThrow('nothing was changed')
})
