import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { test } from './support/supervise.ts'

test('the files of the secrets directory are in ~/.claude when the agent begins; without a directory, none', async ({
  supervise,
}) => {
  const secrets = await mkdtemp(join(tmpdir(), 'gc-secrets-'))
  try {
    await writeFile(join(secrets, '.credentials.json'), 'token')
    await mkdir(join(secrets, 'folder'))
    const command =
      'cat "$HOME/.claude/.credentials.json" >found 2>/dev/null; ls -A "$HOME/.claude" >>found 2>/dev/null; exit 0'
    const given = await supervise({ command, env: { GC_SECRETS_DIRECTORY: secrets } })
    expect(await given.ended).toBe(0)
    expect(await readFile(join(given.directory, 'found'), 'utf8')).toBe('token.credentials.json\n')
    const none = await supervise({ command, env: { GC_SECRETS_DIRECTORY: '' } })
    expect(await none.ended).toBe(0)
    expect(await readFile(join(none.directory, 'found'), 'utf8')).toBe('')
  } finally {
    await rm(secrets, { recursive: true })
  }
})
