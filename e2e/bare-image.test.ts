import { expect } from 'vitest'
import { test } from './support/test.ts'

/** An image that holds sh, tmux, and what they link to: see scripts/testing. */
const image = process.env.KUBECTL_GC_TEST_BARE_IMAGE ?? 'gc-bare:latest'

test('a session works the same in an image that has only sh and tmux', async ({ gc, kubectl }) => {
  expect(
    await gc(['start', 'bare', '--image', image, '--command', 'while read -r line; do echo "got $line"; done']),
  ).toMatchObject({
    exitCode: 0,
    stdout: 'session/bare started\n',
  })
  expect(await gc(['nudge', 'bare', 'hello'])).toMatchObject({ exitCode: 0 })
  const peek = async () => (await gc(['peek', 'bare'])).stdout
  await expect.poll(peek).toContain('got hello')
  await expect.poll(() => kubectl('logs', 'bare')).toContain('got hello')
  expect(await gc(['meta', 'set', 'bare', 'KEY', 'value'])).toMatchObject({ exitCode: 0 })
  expect(await gc(['meta', 'get', 'bare', 'KEY'])).toMatchObject({ stdout: 'value\n' })
  expect(await gc(['interrupt', 'bare'])).toMatchObject({ exitCode: 0 })
  const phase = () => kubectl('get', 'pod', 'bare', '-o', 'jsonpath={.status.phase}')
  await expect.poll(phase).toMatch(/Failed|Succeeded/)
  expect(await gc(['stop', 'bare'])).toMatchObject({ exitCode: 0 })
})
