import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type ConformanceCase, eventually } from '../context.ts'

/** What runs beside the agent, and what is copied. */
export const commands: ConformanceCase[] = [
  {
    name: 'ProcessAlive_EmptyNamesReturnsTrue',
    async run(context) {
      assert.equal(await context.provider.processAlive(await context.shared(), []), true)
    },
  },
  {
    name: 'ProcessAlive_FalseAfterStop',
    async run(context) {
      assert.equal(await context.provider.processAlive(await context.stopped(), ['cat', 'sh', 'sleep']), false)
    },
  },
  {
    name: 'ProcessAlive_ConcurrentDistinctSessions',
    async run(context) {
      const [running, other] = await Promise.all([
        context.start('sleeper', { command: 'sleep 1001' }),
        context.start('reader', { command: 'tail -f /dev/null' }),
      ])
      const alive = (name: string, process: string) => context.provider.processAlive(name, [process])
      await eventually(async () => (await alive(running.name, 'sleep')) && (await alive(other.name, 'tail')))
      assert.equal(await alive(running.name, 'tail'), false)
      assert.equal(await alive(other.name, 'sleep'), false)
    },
  },
  {
    name: 'Exec_GivesOutputAndExitCode',
    processes: true,
    async run(context) {
      const name = await context.shared()
      const command = ['sh', '-c', 'cat; echo err >&2; exit 7']
      const { exitCode, stdout, stderr } = await context.provider.exec(name, command, { stdin: 'in' })
      assert.deepEqual([exitCode, stdout.toString(), stderr.toString()], [7, 'in', 'err\n'])
    },
  },
  {
    name: 'Exec_ArgumentsArriveAsTheyAre',
    processes: true,
    async run(context) {
      const words = ['', 'two words', `it's "q" $HOME \\`, '日本語', 'a\nb', '-n']
      const { stdout } = await context.provider.exec(await context.shared(), ['printf', '%s|', ...words])
      assert.equal(stdout.toString(), words.map((word) => `${word}|`).join(''))
    },
  },
  {
    name: 'Exec_LargeOutput_IsComplete',
    processes: true,
    async run(context) {
      const command = ['sh', '-c', 'dd if=/dev/zero bs=65536 count=64 2>/dev/null; exit 3']
      const { exitCode, stdout } = await context.provider.exec(await context.shared(), command)
      assert.deepEqual([exitCode, stdout.length], [3, 64 * 65536])
    },
  },
  {
    name: 'Spawn_StreamsAndIsKilled',
    processes: true,
    async run(context) {
      await using command = await context.provider.spawn(await context.shared(), [
        'sh',
        '-c',
        'read line; echo "<$line>"; exec sleep 1000',
      ])
      command.stdin.write('hello\n')
      for await (const chunk of command.stdout) {
        assert.equal(String(chunk), '<hello>\n')
        break
      }
      await command.kill()
      assert.equal(await command.wait(), 143)
    },
  },
  {
    name: 'CopyTo_ThenCopyFrom_GivesTheSameBytes',
    async run(context) {
      const name = await context.shared()
      const folder = await mkdtemp(join(tmpdir(), 'gc-conformance-'))
      const content = randomBytes(200_000)
      try {
        await writeFile(join(folder, 'file.bin'), content)
        await context.provider.copyTo(name, join(folder, 'file.bin'), 'copied/one.bin')
        await context.provider.copyTo(name, folder, 'copied/all')
      } finally {
        await rm(folder, { recursive: true })
      }
      for (const path of ['copied/one.bin', 'copied/all/file.bin']) {
        assert.ok(content.equals(await buffer(context.provider.copyFrom(name, path))), `${path} has other bytes`)
      }
    },
  },
  {
    name: 'CopyTo_MissingSource_ReturnsError',
    async run(context) {
      const name = await context.shared()
      await assert.rejects(context.provider.copyTo(name, '/no/such/source'), { name: 'SourceNotFound' })
      await assert.rejects(buffer(context.provider.copyFrom(name, 'no-such-file')), { name: 'SourceNotFound' })
      await assert.rejects(context.provider.copyTo(name, tmpdir(), '../out'), { name: 'InvalidArgument' })
    },
  },
  {
    name: 'Logs_HoldWhatWasPrinted',
    async run(context) {
      const session = await context.start('logged')
      await session.nudge('printed')
      const log = async () => (await buffer(context.provider.logs(session.name))).toString()
      await eventually(async () => (await log()).includes('printed'))
      const beginning = await buffer(context.provider.logs(session.name, { limitBytes: 5 }))
      assert.equal(beginning.toString(), (await log()).slice(0, 5))
    },
  },
]
