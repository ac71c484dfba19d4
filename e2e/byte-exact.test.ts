import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { kubernetesSessionProvider } from '@kubectl-gc/session-provider'
import fc from 'fast-check'
import { expect } from 'vitest'
import { environment } from './support/run.ts'
import { test } from './support/test.ts'

const FULL = process.env.KUBECTL_GC_TEST_FULL !== undefined
const CALLERS = 4
const NUDGES = FULL ? 10_000 : 400
const MEBIBYTES = FULL ? 1024 : 16
/** Bytes of our memory that a copy may take, whatever its size. */
const MEMORY = 200 * 1024 * 1024

const text = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
  fc.constantFrom(
    'Enter',
    'C-c',
    '-l',
    '--',
    ';',
    'a;',
    '#{pane_id}',
    '#(id)',
    '"',
    "'",
    '\\',
    '$HOME',
    '~',
    '\n',
    '\t',
  ),
  fc.string({ unit: fc.constantFrom('\x03', '\x1b', '\r', '\n', '%end 1 2 1\n', ' '), minLength: 1, maxLength: 20 }),
)

test(
  `${NUDGES} random nudges of ${CALLERS} callers arrive byte for byte, each caller's in order, none mixed`,
  async ({ namespace, provider }) => {
    await provider.start('raw', { command: 'stty raw -echo; echo ready; exec cat >/tmp/received' })
    await expect.poll(() => provider.peek('raw')).toContain('ready')
    const texts = fc
      .sample(
        text.map((sample) => Buffer.from(sample.replaceAll('\0', ''))).filter(({ length }) => length > 0),
        NUDGES,
      )
      .map((sample, index) => ({ caller: index % CALLERS, sample }))
    await Promise.all(
      Array.from({ length: CALLERS }, async (_, caller) => {
        await using own = await kubernetesSessionProvider({ namespace, env: { ...process.env, ...environment } })
        const mine = texts.filter((each) => each.caller === caller)
        for (const { sample } of mine) {
          await own.nudge('raw', Buffer.concat([Buffer.from(`<${caller}:${sample.length}>`), sample]))
        }
      }),
    )
    const received = async () => (await provider.exec('raw', ['cat', '/tmp/received'])).stdout
    const size = texts.reduce(
      (sum, { caller, sample }) => sum + `<${caller}:${sample.length}>\r`.length + sample.length,
      0,
    )
    await expect.poll(async () => (await received()).length).toBe(size)
    expect(byCaller(await received())).toEqual(
      Array.from({ length: CALLERS }, (_, caller) =>
        texts.filter((each) => each.caller === caller).map((each) => each.sample),
      ),
    )
    await provider.stop('raw')
  },
  FULL ? 900_000 : 120_000,
)

/** Takes the stream apart by the header that each message carries. */
function byCaller(received: Buffer): Buffer[][] {
  const messages: Buffer[][] = Array.from({ length: CALLERS }, () => [])
  for (let at = 0; at < received.length; ) {
    const header = /^<(\d):(\d+)>/.exec(received.subarray(at, at + 20).toString('latin1'))
    if (header === null)
      throw new Error(`no message begins at byte ${at}: ${received.subarray(at, at + 40).toString('hex')}`)
    const start = at + header[0].length
    const end = start + Number(header[2])
    messages[Number(header[1])]?.push(received.subarray(start, end))
    expect(received[end]).toBe(13)
    at = end + 1
  }
  return messages
}

test(
  `${MEBIBYTES} MiB go into a session and come back with the same hash, in constant memory`,
  async ({ namespace, provider }) => {
    const folder = await mkdtemp(join(tmpdir(), 'gc-copy-'))
    try {
      await provider.start('store', { command: 'sh' })
      const file = join(folder, 'random')
      await writeRandom(file, MEBIBYTES)
      const expected = await hash(createReadStream(file))
      const env = { ...process.env, ...environment, GC_K8S_NAMESPACE: namespace }

      const into = spawn('gc-session-k8s', ['copy-to', 'store', file, 'random'], {
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      const intoPeak = peakMemory(into)
      await new Promise((resolve) => into.on('close', resolve))
      expect(into.exitCode).toBe(0)
      const there = await provider.exec('store', ['sha256sum', '/workspace/random'])
      expect(there.stdout.toString().split(' ')[0]).toBe(expected)

      const back = spawn('gc-session-k8s', ['copy-from', 'store', '/workspace/random'], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const backPeak = peakMemory(back)
      expect(await hash(back.stdout)).toBe(expected)
      expect(await intoPeak).toBeLessThan(MEMORY)
      expect(await backPeak).toBeLessThan(MEMORY)
      await provider.stop('store')
    } finally {
      await rm(folder, { recursive: true })
    }
  },
  FULL ? 600_000 : 120_000,
)

async function writeRandom(file: string, mebibytes: number): Promise<void> {
  await using handle = await open(file, 'w')
  for (let written = 0; written < mebibytes; written++) await handle.write(randomBytes(1024 * 1024))
}

async function hash(stream: NodeJS.ReadableStream): Promise<string> {
  const digest = createHash('sha256')
  stream.on('data', (chunk) => digest.update(chunk))
  await finished(stream as import('node:stream').Readable)
  return digest.digest('hex')
}

/** The most resident memory that a process has had, in bytes, as the kernel tells it while it runs. */
async function peakMemory(child: ChildProcess): Promise<number> {
  let peak = 0
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  while (child.exitCode === null) {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024)
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 50))])
  }
  return peak
}
