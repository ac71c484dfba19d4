import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { STAGING_CONDITION, stagingBeat, stagingDone } from '../src/index.ts'
import { Staging } from './support/staging.ts'
import { shells, test } from './support/supervise.ts'

const silent = /^gc-supervisor: nothing was heard for 1 s of who copies the files of this session: start it again$/m

describe.concurrent.each(shells)('under %s', (_name, ...shell) => {
  test('main begins when the staging is done, in the directory that it was given', async ({ supervise }) => {
    const supervised = await supervise({ shell, staging: 30, workDir: 'a/b c', command: 'pwd; exit 4' })
    const staging = await Staging.begin(supervised)
    await staging.send(stagingBeat(1))
    expect(await supervised.tmux('list-sessions', '-F', '#{session_name}')).toBe('gc-control\n')
    await staging.send(stagingDone)
    expect(await supervised.ended).toBe(4)
    expect(await supervised.output()).toBe(`${join(supervised.directory, 'a/b c')}\n`)
  })

  test('nobody who stages, and it ends in its time', async ({ supervise }) => {
    const supervised = await supervise({ shell, staging: 1, command: 'echo began' })
    expect(await supervised.ended).toBe(124)
    expect(await supervised.output()).toMatch(silent)
  })

  test('it waits while there are beats, and ends when they stop', async ({ supervise }) => {
    const supervised = await supervise({ shell, staging: 1, command: 'echo began' })
    const staging = await Staging.begin(supervised)
    const began = performance.now()
    for (const beat of [1, 2, 3]) {
      await staging.send(stagingBeat(beat, 1))
      await supervised.elapsed(began + beat * 600)
    }
    expect(await supervised.ended).toBe(124)
    expect(performance.now() - began).toBeGreaterThan(2 * 600 + 1000)
    expect(await supervised.output()).toMatch(silent)
  })

  test('it ends as soon as the one who stages is gone', async ({ supervise }) => {
    const supervised = await supervise({ shell, staging: 30, command: 'echo began' })
    const staging = await Staging.begin(supervised)
    await staging.send(stagingBeat(1))
    staging.kill()
    expect(await supervised.ended).toBe(124)
    expect(await supervised.output()).toBe(
      'gc-supervisor: who copied the files of this session is gone: start it again\n',
    )
  })

  test('SIGTERM ends it before main began', async ({ supervise }) => {
    const supervised = await supervise({ shell, staging: 30, command: 'echo began' })
    await supervised.until(STAGING_CONDITION)
    supervised.signal('SIGTERM')
    expect(await supervised.ended).toBe(143)
    expect(await supervised.output()).toBe('')
  })

  test('SIGINT before main began interrupts nothing', async ({ supervise }) => {
    const supervised = await supervise({ shell, staging: 30, command: 'read line; exit 6' })
    const staging = await Staging.begin(supervised)
    supervised.signal('SIGINT')
    await staging.send(stagingDone)
    await supervised.until('tmux has-session -t =main')
    await supervised.tmux('send-keys', '-t', '=main:', 'Enter')
    expect(await supervised.ended).toBe(6)
  })
})
