import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const main = fileURLToPath(new URL('../../src/exec-provider/main.ts', import.meta.url))
const script = `import(${JSON.stringify(main)}).then(async ({ main }) => process.exit(await main(process.argv.slice(1))))`

/** Runs the executable where there is no cluster. */
function call(args: string[], input = ''): { status: number | null; stdout: string; stderr: string } {
  const env = { PATH: process.env.PATH, HOME: '/nonexistent', KUBECONFIG: '/nonexistent/kubeconfig' }
  const node = ['--conditions=@kubectl-gc/source', '--input-type=module', '--eval', script, '--', ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, node, { env, input, encoding: 'utf8' })
  return { status, stdout, stderr }
}

test('protocol is answered without a cluster', () => {
  const { status, stdout, stderr } = call(['protocol'])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const { version, capabilities } = JSON.parse(stdout)
  expect(version).toBe(0)
  expect(capabilities).toEqual(
    expect.arrayContaining(['report-attachment', 'report-activity', 'proc.exec', 'proc.stream']),
  )
})

test('2 is for an unknown operation, and for nothing else', () => {
  for (const name of ['run-live', 'constructor', '__proto__', '']) {
    expect(call([name, 'x'])).toEqual({ status: 2, stdout: '', stderr: '' })
  }
  for (const args of [[], ['start'], ['stop', ''], ['check-image'], ['start', 'x']]) {
    expect(call(args)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(/^gc-session-k8s: ./) })
  }
})
