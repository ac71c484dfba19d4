import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { type } from './support/guide.ts'
import { environment, run as runProgram, succeed } from './support/run.ts'

/** Types again until the output shows: kubectl loses that of a command which ends before it has attached. */
async function seen(command: string, output: string): Promise<void> {
  for (let left = 5; ; left--) {
    const shown = (await type(command)).output
    if (shown.includes(output)) return
    if (left === 0) throw new Error(`never showed ${output}: ${shown}`)
  }
}

test('the commands of the troubleshooting section', async ({ onTestFinished }) => {
  const gc = (...args: string[]) => succeed('kubectl', ['gc', '--namespace', 'gc', ...args])
  await gc('install', '--cpu-request', '10m', '--memory-request', '32Mi')
  const name = `troubled-${Math.random().toString(36).slice(2, 8)}`
  await gc('start', name, '--command', 'echo all is well; exec cat')
  onTestFinished(async () => void (await runProgram('kubectl', ['gc', '--namespace', 'gc', 'stop', name])))

  const report = join(await mkdtemp(join(tmpdir(), 'gc-report-')), 'report.tar.gz')
  onTestFinished(() => rm(dirname(report), { recursive: true }))
  expect(await type('kubectl gc doctor --namespace gc')).toMatchObject({ output: expect.stringMatching(/^ok +dolt /m) })
  expect(await type(`kubectl gc report --namespace gc --output ${report}`)).toMatchObject({ exitCode: 0 })
  expect((await type(`tar tzf ${report}`)).output).toContain(`gc-report/logs/${name}.agent.log`)

  // As the guide writes it, this cannot work: the image runs dolt by itself, and dolt has taken the connection's options
  // before its subcommand only since 1.1. docs/troubleshooting.md has the line that does.
  const run = 'kubectl -n gc run -it --rm test-dolt --restart=Never --image=dolthub/dolt:latest --'
  const address = '--host dolt.gc.svc.cluster.local --port 3307 --user root --no-tls'
  await seen(`${run} \\\n  dolt sql ${address} \\\n  -q "SELECT 1"`, 'Unknown Command dolt')
  await seen(`${run} \\\n  ${address} --password "" sql -q "SELECT 1"`, '| 1 ')

  const logs = await type('kubectl -n gc logs -l app=gc-agent --tail=50')
  expect(logs).toMatchObject({ exitCode: 0, output: expect.stringContaining('all is well') })
  const wide = await type('kubectl -n gc get pods -l app=gc-agent -o wide')
  expect(wide).toMatchObject({ exitCode: 0, output: expect.stringContaining(name) })
  const described = (await type(`kubectl -n gc describe pod ${name}`)).output
  expect(described).toMatch(new RegExp(`Image: +${environment.GC_K8S_IMAGE}`))
  expect((await type(`kubectl -n gc logs ${name}`)).output).toContain('all is well')
})
