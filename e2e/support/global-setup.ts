import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './run.ts'

/**
 * The tests drive a real cluster with the built executables; without them they fail here, loudly. Brokers are the tests'
 * own: they find each other in a folder that nobody else knows, and leave once it is gone.
 */
export default async function setup(): Promise<() => Promise<void>> {
  for (const program of ['kubectl', 'kubectl-gc', 'gc-session-k8s']) {
    const found = await run('sh', ['-c', `command -v ${program}`])
    if (found.exitCode !== 0) throw new Error(`${program} is not on PATH: run ./scripts/test --e2e`)
  }
  const ready = await run('kubectl', ['get', '--raw', '/readyz'])
  if (ready.exitCode !== 0) throw new Error(`no cluster answers: run ./scripts/test --e2e\n${ready.stderr}`)
  const folder = await mkdtemp(join(tmpdir(), 'gc-e2e-'))
  process.env.XDG_RUNTIME_DIR = folder
  process.env.GC_K8S_BROKER_IDLE = '1m'
  return () => rm(folder, { recursive: true, force: true })
}
