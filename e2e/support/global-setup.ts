import { run } from './run.ts'

/** The tests drive a real cluster with the built executables; without them they fail here, loudly. */
export default async function setup(): Promise<void> {
  for (const program of ['kubectl', 'kubectl-gc', 'gc-session-k8s']) {
    const found = await run('sh', ['-c', `command -v ${program}`])
    if (found.exitCode !== 0) throw new Error(`${program} is not on PATH: run ./scripts/test --e2e`)
  }
  const ready = await run('kubectl', ['get', '--raw', '/readyz'])
  if (ready.exitCode !== 0) throw new Error(`no cluster answers: run ./scripts/test --e2e\n${ready.stderr}`)
}
