import { buffer, text } from 'node:stream/consumers'
import { kubernetesSessionProvider } from '@kubectl-gc/session-provider'
import { expect } from 'vitest'
import { environment } from './support/run.ts'
import { test } from './support/test.ts'

test('watch, peek that follows, spawn and copies of the SDK', async ({ namespace, provider }) => {
  const env = { ...process.env, ...environment }
  await using watching = await kubernetesSessionProvider({ namespace, env })
  await using _earlier = await provider.start('earlier', { command: 'cat' })
  const changes = watching.watch()
  const told: string[] = []
  let isWatching = false
  const watched = (async () => {
    for await (const { type, session } of changes) {
      isWatching = true
      if (session.name !== 'sdk') continue
      told.push(`${type} ${session.phase}`)
      if (type === 'removed') return
    }
  })()
  await expect.poll(() => isWatching).toBe(true)
  await provider.start('sdk', { command: 'cat' })

  const screens = provider.peek('sdk', { follow: true })
  expect(await screens.next()).toEqual({ done: false, value: '' })
  await provider.nudge('sdk', 'hello')
  let shown = ''
  while (!shown.includes('hello\nhello')) shown = (await screens.next()).value

  const command = await provider.spawn('sdk', ['sh', '-c', 'cat; echo err >&2; exit 5'])
  command.stdin.end('in')
  expect(await Promise.all([text(command.stdout), text(command.stderr), command.wait()])).toEqual(['in', 'err\n', 5])
  const endless = await provider.spawn('sdk', ['sleep', '1000'])
  await endless.kill()
  expect(await endless.wait()).toBe(143)

  await provider.copyTo('sdk', import.meta.filename, 'here/test.ts')
  expect((await buffer(provider.copyFrom('sdk', 'here/test.ts'))).toString()).toContain('watch, peek that follows')

  await expect.poll(() => told).toContain('changed Running')
  await provider.stop('sdk')
  expect((await screens.next()).done).toBe(true)
  await watched
  expect(told[0]).toBe('added Starting')
  expect(told).toContain('changed Stopping')
  expect(told.at(-1)).toBe('removed Stopping')
})
