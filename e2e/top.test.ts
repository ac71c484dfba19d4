import { expect } from 'vitest'
import { quickest } from './support/patience.ts'
import { expectRestored, untouched } from './support/restored.ts'
import { steppingProxy } from './support/stepping-proxy.ts'
import { openTerminal } from './support/terminal.ts'
import { test } from './support/test.ts'

test('top shows sessions and the pane of one, nudges it, follows what comes and goes, and fits the window', async ({
  provider,
  namespace,
}) => {
  await provider.start('mayor', { command: 'sh', env: { GC_AGENT: 'mayor' } })
  using person = openTerminal('kubectl', ['gc', 'top'], { env: { GC_K8S_NAMESPACE: namespace } })
  await expect.poll(person.screen).toMatch(/^> mayor +Running +\d+s +mayor/m)
  expect(person.screen().split('\n')).toHaveLength(24)
  person.type('\recho $((6 * 7))x')
  await expect.poll(person.screen).toContain('nudge mayor> echo $((6 * 7))x')
  person.type('\r')
  await expect.poll(person.screen).toMatch(/^42x/m)
  await expect.poll(person.screen).toMatch(/^nudged mayor/m)

  await provider.start('coder', { command: 'sh -c "echo I am the coder; exec sh"' })
  await expect.poll(person.screen).toMatch(/^ {2}coder +Running/m)
  person.type('\x1b[A')
  await expect.poll(person.screen).toMatch(/^> coder/m)
  await expect.poll(person.screen).toContain('I am the coder')
  person.resize({ columns: 60, rows: 15 })
  await expect.poll(() => person.screen().split('\n').length).toBe(15)
  await expect.poll(person.screen).toMatch(/^> coder/m)

  await provider.stop('coder')
  await expect.poll(person.screen).toMatch(/^> mayor/m)
  await expect.poll(person.screen).not.toContain('coder')
  person.type('q')
  expect(await person.exitCode).toBe(0)
  expect(person.modes()).toEqual(untouched)
})

test.for(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)(
  'after %s the terminal is as it was',
  async (signal, { namespace }) => {
    await expectRestored(signal, 'kubectl-gc top', /q quit/, { env: { GC_K8S_NAMESPACE: namespace } })
  },
)

test('where sessions may not be watched, top ends with the reason', async ({ kubectl, namespace }) => {
  await kubectl('create', 'serviceaccount', 'nobody')
  const as = `system:serviceaccount:${namespace}:nobody`
  using person = openTerminal('kubectl', ['gc', 'top', '--as', as], {
    env: { GC_K8S_NAMESPACE: namespace },
    columns: 200,
  })
  expect(await person.exitCode).toBe(1)
  expect(person.screen()).toMatch(/^error: cannot watch sessions: .*forbidden/m)
  expect(person.modes()).toEqual(untouched)
})

test('without the API server the list is marked as old within 5 s, and no longer once it is back', async ({
  provider,
  namespace,
}) => {
  await provider.start('far', { command: 'cat' })
  await using proxy = await steppingProxy(() => {})
  using person = openTerminal('kubectl', ['gc', 'top'], {
    env: { GC_K8S_NAMESPACE: namespace, KUBECONFIG: proxy.kubeconfig },
  })
  await expect.poll(person.screen).toMatch(/^. far +Running/m)
  const milliseconds = await quickest(6000, async () => {
    proxy.cut(true)
    const gone = performance.now()
    await expect.poll(person.screen).toMatch(/^kubectl gc top .* sessions?, old: as of \d\d:\d\d:\d\d /)
    const took = performance.now() - gone
    proxy.cut(false)
    await expect.poll(person.screen).not.toMatch(/old: as of/)
    return took
  })
  expect(milliseconds).toBeLessThan(6000)
  person.type('q')
  expect(await person.exitCode).toBe(0)
})

test('without a terminal top says what to use', async ({ gc }) => {
  const { exitCode, stderr } = await gc(['top'])
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: 'error: top needs a terminal\nTry: kubectl gc list --watch\n',
  })
})
