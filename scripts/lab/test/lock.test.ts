import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { portOf, takeLock } from '../lock.ts'

const freshId = () => randomBytes(4).toString('hex')

test('a run waits for the one that holds the lock and hears what it is at', async () => {
  const id = freshId()
  const first = await takeLock(id, () => undefined)
  first.announce('node image')
  const heard: string[] = []
  let told: () => void = () => undefined
  const toldOfCluster = new Promise<void>((resolve) => {
    told = resolve
  })
  const second = takeLock(id, (step) => {
    heard.push(step)
    if (step === 'node image') first.announce('cluster')
    if (step === 'cluster') told()
  })
  await toldOfCluster
  await first.release()
  await (await second).release()
  expect(heard).toEqual(['node image', 'cluster'])
})

test('the lock of a process that is killed is free at once', async () => {
  const id = freshId()
  const script = `
    import { takeLock } from ${JSON.stringify(new URL('../lock.ts', import.meta.url).href)}
    const lock = await takeLock('${id}', () => undefined)
    lock.announce('node image')
    console.log('held')`
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void holder.kill('SIGKILL'))
  await once(holder.stdout, 'data')
  const steps: string[] = []
  const lock = await takeLock(id, (step) => {
    steps.push(step)
    holder.kill('SIGKILL')
  })
  await lock.release()
  expect(steps).toEqual(['node image'])
})

test('many runs get the lock one after another', async () => {
  const id = freshId()
  let inside = 0
  let most = 0
  const run = async () => {
    const lock = await takeLock(id, () => undefined)
    most = Math.max(most, ++inside)
    await new Promise((resolve) => setImmediate(resolve))
    inside--
    await lock.release()
  }
  await Promise.all(Array.from({ length: 8 }, run))
  expect(most).toBe(1)
})

test('another program on the port is an error that says what to do, not a wait without end', async () => {
  const id = freshId()
  const other = createServer((socket) => socket.on('error', () => undefined).end('220 mail.example.com\r\n'))
  onTestFinished(() => void other.close())
  other.listen(portOf(id), '127.0.0.1')
  await once(other, 'listening')
  await expect(takeLock(id, () => undefined)).rejects.toThrow(/another program.*KUBECTL_GC_LAB_DIR/s)
})
