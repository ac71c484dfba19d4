import { open, realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import { run } from './run.ts'

/** The folder on PATH with the compiled programs; undefined when `kubectl-gc` is Node's. */
export async function compiledPrograms(): Promise<string | undefined> {
  const { stdout } = await run('sh', ['-c', 'command -v kubectl-gc'])
  const path = await realpath(stdout.trim())
  await using file = await open(path)
  const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0)
  return buffer.toString('latin1') === '#!' ? undefined : dirname(path)
}
