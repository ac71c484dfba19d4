import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { test } from './support.ts'

test('files, commands before the agent and after it, prompt and nudge come in their order', async ({
  root,
  provider,
}) => {
  const [workDir, overlay] = [join(root, 'files/work'), join(root, 'files/overlay')]
  await mkdir(workDir, { recursive: true })
  await mkdir(overlay, { recursive: true })
  await writeFile(join(overlay, 'from-overlay'), 'overlay')
  await writeFile(join(root, 'files/script.sh'), 'echo script >>order')
  const warnings: string[] = []
  await provider.start(
    'whole',
    {
      workDir,
      env: { GREETING: 'hi' },
      overlayDir: overlay,
      copyFiles: [{ src: join(root, 'files/script.sh'), relDst: 'copied/it.sh' }, { src: '/no/such/file' }],
      preStart: ['cat from-overlay >order && echo >>order', 'echo "pre $GREETING" >>order'],
      command: 'echo agent >>order; sleep 0.3; printf "ready> "; read -r line; echo "nudge $line" >>order; exec cat',
      readyPromptPrefix: 'ready>',
      sessionSetup: ['echo setup >>order', 'exit 3'],
      sessionSetupScript: join(root, 'files/script.sh'),
      sessionLive: ['echo live >>order'],
      nudge: 'go',
    },
    { onWarning: (warning) => warnings.push(warning) },
  )
  const order = () => readFile(join(workDir, 'order'), 'utf8')
  await expect.poll(order, { timeout: 10_000 }).toBe('overlay\npre hi\nagent\nsetup\nscript\nlive\nnudge go\n')
  expect(await readFile(join(workDir, 'copied/it.sh'), 'utf8')).toBe('echo script >>order')
  expect(warnings).toEqual([
    'copy_files warning: there is no /no/such/file',
    expect.stringMatching(/^session_setup warning: exit 3\nexit code 3/),
  ])
  await provider.stop('whole')
})

test('a command before the agent that fails ends the start, and nothing is left', async ({ provider }) => {
  const starting = provider.start('early', { preStart: ['echo why >&2; exit 4'] })
  await expect(starting).rejects.toMatchObject({ name: 'SessionStartFailed', message: expect.stringContaining('4') })
  expect(await provider.list()).toEqual([])
})

test('an agent that is to end and ends well while it starts has started well', async ({ provider }) => {
  const once = { lifecycle: 'one_shot', command: 'sleep 0.2', readyPromptPrefix: 'never' } as const
  const session = await provider.start('once', once)
  await session.closed
  expect(await provider.describe('once')).toMatchObject({ phase: 'Finished', exitCode: 0 })
  await provider.stop('once')
  const failing = provider.start('failing', { ...once, command: 'sleep 0.2; echo why; exit 5' })
  await expect(failing).rejects.toMatchObject({ reason: 'Error', output: 'why\n' })
})
