import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test("a client asks a server without Node's own undici being loaded, which takes as long as the rest", async () => {
  const index = fileURLToPath(new URL('../../src/index.ts', import.meta.url))
  const script = `
    import { createServer } from 'node:net'
    import { createClient } from ${JSON.stringify(index)}
    const answer = 'HTTP/1.1 200 OK\\r\\ncontent-type: application/json\\r\\ncontent-length: 2\\r\\n\\r\\n{}'
    const server = createServer((socket) => socket.once('data', () => socket.end(answer))).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const client = await createClient({ server: 'http://127.0.0.1:' + server.address().port, env: { HOME: '/nowhere' } })
    await client.raw('GET', '/version')
    console.log(process.moduleLoadList.some((name) => name.includes('deps/undici')))
    process.exit()
  `
  const options = ['--conditions=@kubectl-gc/source', '--input-type=module', '--eval', script]
  expect((await promisify(execFile)(process.execPath, options)).stdout).toBe('false\n')
})
