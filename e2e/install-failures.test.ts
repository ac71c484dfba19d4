import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect } from 'vitest'
import { withPatience } from './support/patience.ts'
import { json, named, state, test } from './support/place.ts'
import { environment, succeed } from './support/run.ts'

test.concurrent.for([
  ['a quota', 4, ['sessions', '--set', 'quota.enabled=true', '--set', 'quota.hard.pods=0'], /exceeded quota/],
  [
    'a missing claim',
    4,
    ['dojo', '--set', 'image.repository=nosuch.invalid/x', '--set', 'claimName=c'],
    /persistentvolumeclaim "c" not found/,
  ],
  // redis has no dolt: the init container ends, and has said why.
  [
    'a crash',
    10,
    ['sessions', '--dolt-image=redis:7-alpine', '--cpu-request=10m', '--memory-request=32Mi'],
    /container init-user .* exit code 127\n.*dolt: not found/,
  ],
] as const)(
  'a first install that fails for %s says so, and leaves nothing',
  { timeout: 300_000 },
  async ([, time, args, why], { place }) => {
    const { exitCode, stderr } = await withPatience(
      time,
      (seconds) => place.gc('install', ...args, '--timeout', `${seconds}s`),
      (result) => why.test(result.stderr),
    )
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(why)
    expect(stderr).toContain('What this install had made is removed again.\n')
    expect(await succeed('kubectl', ['get', 'namespace', place.name, '--ignore-not-found'])).toBe('')
  },
)

test.concurrent('an upgrade that fails leaves what there is, and the next one goes back', async ({ place }) => {
  await place.gc('install', 'dojo', '--wait=false', '--set', 'environment=first')
  const failed = await place.gc('upgrade', 'dojo', '--set', 'environment=second', '--timeout', '2s')
  expect(failed).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('This upgrade has failed') })
  expect(await state(place, 'dojo')).toBe('upgrading')
  expect(named(await place.versions())).toContain('Deployment/dojo')
  expect(await place.gc('upgrade', 'dojo', '--wait=false')).toMatchObject({ exitCode: 0 })
  expect(JSON.stringify(await json(place, 'deployment', 'dojo'))).toContain('"value":"first"')
  expect(await state(place, 'dojo')).toBe('installed')
})

test.concurrent('what SIGTERM cuts short, the next run completes', async ({ place }) => {
  const install = async (sign: RegExp) => {
    const args = ['gc', 'install', 'dojo', '--namespace', place.name]
    const child = spawn('kubectl', args, { env: { ...process.env, ...environment } })
    const [out, err] = [text(child.stdout), text(child.stderr)]
    let seen = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        seen += data
        if (sign.test(seen)) child.kill('SIGTERM')
      })
    }
    const [code] = await once(child, 'close')
    return { code, output: (await out) + (await err) }
  }
  for (const sign of [/namespace\/\S+ created/, /waiting for deployment/]) {
    const { code, output } = await install(sign)
    expect(code).toBe(143)
    expect(output).toContain('Interrupted. Run it again to complete it')
  }
  expect(await state(place, 'dojo')).toBe('installing')
  const completed = await place.gc('install', 'dojo', '--wait=false')
  expect(completed).toMatchObject({ exitCode: 0, stderr: '' })
  expect(await state(place, 'dojo')).toBe('installed')
})
