import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commandsOf, type } from './support/guide.ts'
import { environment, run as runProgram, succeed } from './support/run.ts'

const inNamespace = { GC_K8S_NAMESPACE: 'gc' }
const OF_A_POD = 'kubectl -n gc run -it --rm test-dolt --restart=Never --image=dolthub/dolt:latest --'

/** Types again until the output shows: kubectl loses that of a command which ends before it has attached. */
async function seen(command: string, output: string): Promise<void> {
  for (let left = 5; ; left--) {
    const shown = (await type(command, inNamespace)).output
    if (shown.includes(output)) return
    if (left === 0) throw new Error(`never showed ${output}: ${shown}`)
  }
}

test('every command of docs/troubleshooting.md works', async ({ onTestFinished }) => {
  await succeed('kubectl', ['gc', '--namespace', 'gc', 'install', '--cpu-request', '10m', '--memory-request', '32Mi'])
  const name = `troubled-${Math.random().toString(36).slice(2, 8)}`
  await succeed('kubectl', ['gc', '--namespace', 'gc', 'start', name, '--command', 'echo all is well; exec cat'])
  onTestFinished(async () => void (await runProgram('kubectl', ['gc', '--namespace', 'gc', 'stop', name])))
  const folder = await mkdtemp(join(tmpdir(), 'gc-report-'))
  onTestFinished(() => rm(folder, { recursive: true }))

  // The namespace is the page's own, and others have a session mayor there.
  const shown = (command: string) => {
    if (command.endsWith(' doctor')) return /^ok +dolt /m
    if (command.includes(' report ')) return / written: /
    if (command.includes(' describe ')) return new RegExp(`Image: +${environment.GC_K8S_IMAGE}`)
    return command.includes(' logs ') ? /all is well/ : new RegExp(name)
  }
  for (const command of await commandsOf('troubleshooting.md')) {
    if (command.startsWith(OF_A_POD)) await seen(command, '| 1 ')
    else {
      const output = expect.stringMatching(shown(command))
      const typed = await type(command.replaceAll(' mayor', ` ${name}`), inNamespace, folder)
      expect(typed).toMatchObject({ exitCode: 0, output })
    }
  }
  const { output } = await type('tar tzf report.tar.gz', {}, folder)
  expect(output).toContain(`gc-report/logs/${name}.agent.log`)

  // As some guides write it, this cannot work: the image runs dolt by itself, and dolt has taken the connection's
  // options before its subcommand only since 1.1.
  const address = '--host dolt.gc.svc.cluster.local --port 3307 --user root --no-tls'
  await seen(`${OF_A_POD} dolt sql ${address} -q "SELECT 1"`, 'Unknown Command dolt')
})
