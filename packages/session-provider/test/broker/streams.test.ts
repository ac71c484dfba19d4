import { PassThrough } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Streams } from '../../src/broker/streams.ts'
import { ControlClient } from '../../src/tmux/control-client.ts'
import { LineSplitter } from '../../src/tmux/lines.ts'
import type { Transport } from '../../src/tmux/transport.ts'

const transport: Transport = () => Promise.reject(new Error('not needed'))

/** A stream whose other end never answers. */
function silentClient(): ControlClient {
  const { promise: exit, resolve } = Promise.withResolvers<number>()
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  return new ControlClient({ stdin, stdout, stderr, exit, close: () => resolve(0) }, new LineSplitter())
}

function opener() {
  const opened: ControlClient[] = []
  const open = async () => {
    const client = silentClient()
    opened.push(client)
    return client
  }
  return { opened, open }
}

test('callers of one pod share one stream, which outlives each of them', async () => {
  const streams = new Streams(5)
  const { opened, open } = opener()
  const take = () => streams.share('pod', transport).share?.(open)
  const [first, second] = await Promise.all([take(), take()])
  first?.close()
  expect(opened.length).toBe(1)
  expect([second?.isClosed, streams.size]).toEqual([false, 1])
})

test('the least recently used is closed, and none that waits for an answer', async () => {
  const streams = new Streams(2)
  const { opened, open } = opener()
  const take = (uid: string) => streams.share(uid, transport).share?.(open)
  const a = await take('a')
  await take('b')
  const waiting = a?.run('has-session')
  waiting?.catch(() => {})
  await take('c')
  expect(opened.map(({ isClosed }) => isClosed)).toEqual([false, true, false])
  await take('d')
  expect(opened.map(({ isClosed }) => isClosed)).toEqual([false, true, true, false])
  streams.close()
})

test('after a stream has ended, the next one waits until its client has left the pod', async () => {
  const streams = new Streams(5)
  const { opened, open } = opener()
  const take = () => streams.share('pod', transport).share?.(open)
  await take()
  opened[0]?.close()
  await opened[0]?.closed
  const ended = performance.now()
  await take()
  expect(performance.now() - ended).toBeGreaterThan(100)
  expect(opened.length).toBe(2)
})

test('an attempt that fails is not kept, and not blamed on who waited for it', async () => {
  const streams = new Streams(5)
  await setTimeout(200)
  const { open } = opener()
  const take = (opening: () => Promise<ControlClient>) => streams.share('pod', transport).share?.(opening)
  const failing = take(() => Promise.reject(new Error('cut')))
  const waiting = take(open)
  await expect(failing).rejects.toThrow('cut')
  expect((await waiting)?.isClosed).toBe(false)
})
