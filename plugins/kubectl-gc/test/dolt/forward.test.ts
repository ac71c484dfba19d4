import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { Duplex } from 'node:stream'
import { type Client, PortForwardError, StreamCutError } from '@kubectl-gc/kube'
import { expect, onTestFinished, test } from 'vitest'
import { forwardDolt } from '../../src/dolt/forward.ts'

const ready = {
  metadata: { name: 'dolt-0', namespace: 'gc' },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
}

/** A pod that speaks first, then repeats what it is told. */
function dolt(): Duplex {
  const stream: Duplex = new Duplex({
    read() {},
    write(chunk, _encoding, done) {
      stream.push(chunk)
      done()
    },
    final(done) {
      stream.push(null)
      done()
    },
  })
  stream.push('hello ')
  return stream
}

/** Forwards a free port to what each connection is given in turn; the last stays. */
async function forwarding(...connections: (() => Duplex | Error)[]) {
  const ended = new AbortController()
  onTestFinished(() => ended.abort())
  const troubles: string[] = []
  const client = {
    list: async () => ({ items: [ready], resourceVersion: '1' }),
    portForward: async () => {
      const next = (connections.length > 1 ? connections.shift() : connections[0])?.()
      if (next instanceof Error) throw next
      return next
    },
  } as unknown as Client
  const options = {
    client,
    namespace: 'gc',
    port: 0,
    signal: ended.signal,
    onTrouble: (why: string) => troubles.push(why),
  }
  return { ...(await forwardDolt(options)), troubles, end: () => ended.abort() }
}

async function conversation(port: number, say: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' })
  let heard = ''
  socket.setEncoding('utf8')
  for await (const chunk of socket) {
    if (heard === '') socket.end(say)
    heard += chunk
  }
  return heard
}

test('a program of this machine talks with Dolt', async () => {
  const { port } = await forwarding(dolt)
  expect(await Promise.all(['one', 'two'].map((word) => conversation(port, word)))).toEqual(['hello one', 'hello two'])
})

test('a connection waits for a pod that cannot be reached, or ends before it has spoken', async () => {
  const refused = () => {
    const stream = dolt()
    stream.read()
    stream.destroy(new PortForwardError('connection refused'))
    return stream
  }
  const mute = () =>
    new Duplex({
      read() {
        this.push(null)
      },
    })
  const { port, troubles } = await forwarding(() => new StreamCutError('it went'), refused, mute, dolt)
  expect(await conversation(port, 'there')).toBe('hello there')
  expect(troubles).toEqual(['it went'])
})

test('a cut is passed on as one, and told', async () => {
  const remote = dolt()
  const { port, troubles } = await forwarding(() => remote)
  const socket = connect({ port, host: '127.0.0.1' })
  await once(socket, 'data')
  const failed = once(socket, 'error')
  remote.destroy(new StreamCutError('it went'))
  expect(await failed).toMatchObject([{ code: 'ECONNRESET' }])
  expect(troubles).toEqual(['it went'])
})

test('a client that hangs up is no trouble, and frees the way', async () => {
  const remote = dolt()
  const { port, troubles } = await forwarding(() => remote)
  const socket = connect({ port, host: '127.0.0.1' })
  await once(socket, 'data')
  socket.resetAndDestroy()
  await once(remote, 'close')
  expect(troubles).toEqual([])
})

test('it ends with its connections when it is told to', async () => {
  const { port, closed, end, troubles } = await forwarding(dolt)
  const socket = connect({ port, host: '127.0.0.1' })
  await once(socket, 'data')
  const gone = once(socket, 'close')
  end()
  await Promise.all([closed, gone])
  expect(troubles).toEqual([])
})

test('a port that is taken is told', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const { port } = other.address() as { port: number }
  const options = { client: {} as Client, namespace: 'gc', port, signal: new AbortController().signal, onTrouble() {} }
  await expect(forwardDolt(options)).rejects.toThrow(`port ${port} of this machine is taken`)
})
