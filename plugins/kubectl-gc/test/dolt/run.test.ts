import { createReadStream } from 'node:fs'
import { tmpdir } from 'node:os'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { type Client, type ExecStream, StreamCutError } from '@kubectl-gc/kube'
import { expect, test } from 'vitest'
import { query, runScript } from '../../src/dolt/run.ts'

interface Command {
  stdin: PassThrough
  stdout: PassThrough
  stderr: PassThrough
  end: (code: number) => void
  words: string[]
}

/** A server whose container does what the test says. */
function dolt(act: (command: Command) => unknown) {
  const exec: Client['exec'] = async (_pod, { command }) => {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
    const { promise: exit, resolve, reject } = Promise.withResolvers<number>()
    exit.catch(() => {})
    const finish = () => {
      stdout.end()
      stderr.end()
    }
    const end = (code: number) => {
      finish()
      resolve(code)
    }
    const close = () => {
      finish()
      reject(new StreamCutError('it was closed'))
    }
    queueMicrotask(() => act({ stdin, stdout, stderr, end, words: command }))
    return { stdin, stdout, stderr, exit, close, resize() {} } satisfies ExecStream
  }
  const client = { exec } as Partial<Client> as Client
  return { client, pod: { name: 'dolt-0', namespace: 'gc' }, signal: new AbortController().signal }
}

test('a script has its input, its steps and what it prints, however the pieces are cut', async () => {
  const server = dolt(async ({ stdin, stdout, stderr, end }) => {
    for (const piece of ['#step fi', 'rst\n#st', 'ep second\n']) stderr.write(piece)
    stdout.write(`said ${await text(stdin)}`)
    end(0)
  })
  const steps: string[] = []
  const onStep = (step: string) => steps.push(step)
  const printed = await runScript(server, { script: '', args: [], stdin: Readable.from([Buffer.from('this')]), onStep })
  expect([printed.toString(), steps]).toEqual(['said this', ['first', 'second']])
})

test.for([
  [3, '#step one\nit broke\n', 'the Dolt server in namespace gc: it broke'],
  [3, '', 'the Dolt server in namespace gc: a command in it ended with exit code 3'],
  [137, 'half a word', 'the Dolt server in namespace gc: its pod ended meanwhile'],
] as const)('exit code %i after %j is an error', async ([code, complaint, message]) => {
  const server = dolt(({ stderr, end }) => {
    stderr.write(complaint)
    end(code)
  })
  const running = runScript(server, { script: '', args: [] })
  await expect(running).rejects.toMatchObject({ message, suggestion: 'kubectl logs dolt-0 --namespace gc' })
})

test('an input that cannot be read ends a script that waits for it, and is what is told', async () => {
  const running = runScript(
    dolt(() => {}),
    { script: 'cat', args: [], stdin: createReadStream(tmpdir()) },
  )
  await expect(running).rejects.toThrow(/^cannot read what is to be sent: EISDIR/)
})

test('a cut is told as one', async () => {
  const server = dolt(({ stdout }) => stdout.write('half'))
  const running = runScript(server, {
    script: '',
    args: [],
    stdout: async (output) => {
      for await (const _ of output) throw new StreamCutError('it was cut')
    },
  })
  await expect(running).rejects.toThrow('it was cut')
})

test('a query has its rows, in the database that it is about; one without an answer has none', async () => {
  const asked: string[][] = []
  const server = dolt(({ stdout, end, words }) => {
    asked.push(words.slice(-2))
    stdout.write(asked.length === 1 ? '{"rows": [{"a": 1}]}\n' : asked.length === 2 ? '\n' : '{}')
    end(0)
  })
  expect(await query(server, 'SELECT 1 AS a', 'town')).toEqual([{ a: 1 }])
  expect(await query(server, 'USE town')).toEqual([])
  expect(await query(server, 'SELECT 1 FROM t')).toEqual([])
  expect(asked[0]).toEqual(['town', 'SELECT 1 AS a'])
  expect(asked[1]).toEqual(['', 'USE town'])
})
