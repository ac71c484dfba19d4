import { runningBrokers } from '@kubectl-gc/session-provider/broker'
import { expect } from 'vitest'
import { test } from '../support/broker.ts'
import { run } from '../support/run.ts'

const start = JSON.stringify({ command: 'cat' })
const quiet = { exitCode: 0, stdout: '', stderr: '' }

/** Kills the API server on the node, again and again for a while; the kubelet starts it anew each time. */
const KILL = `for round in 1 2 3 4 5; do
  for process in /proc/[0-9]*; do
    read -r name <"$process/comm" && [ "$name" = kube-apiserver ] && kill -9 "\${process#/proc/}"
  done 2>/dev/null
  sleep 2
done`

const killer = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'killer' },
  spec: {
    hostPID: true,
    restartPolicy: 'Never',
    containers: [
      {
        name: 'killer',
        image: 'debian:bookworm-slim',
        imagePullPolicy: 'IfNotPresent',
        command: ['sh', '-c', KILL],
        securityContext: { privileged: true },
        resources: { requests: { cpu: '10m', memory: '32Mi' } },
      },
    ],
  },
}

const isUp = async () => (await run('kubectl', ['get', '--raw', '/readyz', '--request-timeout=2s'])).exitCode === 0

test('an API server that dies and comes back: no verb gives a wrong answer, and the same broker goes on', {
  timeout: 300_000,
}, async ({ namespace, call, warm, runtime }) => {
  expect(await call(['start', 'steady'], start)).toEqual(quiet)
  await call(['nudge', 'steady'], 'before')
  const pid = await warm()
  const verbs: [string[], RegExp][] = [
    [['is-running', 'steady'], /^true\n$/],
    [['list-running', ''], /^steady\n$/],
    [['peek', 'steady', '10'], /before/],
  ]
  const made = await run('kubectl', ['--namespace', namespace, 'create', '-f', '-'], { stdin: JSON.stringify(killer) })
  expect(made.stderr).toBe('')
  await expect.poll(isUp, { timeout: 60_000 }).toBe(false)
  let failures = 0
  for (const until = Date.now() + 15_000; Date.now() < until || !(await isUp()); ) {
    for (const [args, answer] of verbs) {
      const result = await call(args)
      if (result.exitCode === 0) expect(result.stdout).toMatch(answer)
      else expect(result).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringMatching(/cannot|cut|answer/) })
      if (result.exitCode !== 0) failures += 1
    }
  }
  expect(failures).toBeGreaterThan(0)
  for (const [args, answer] of verbs) {
    await expect.poll(async () => (await call(args)).stdout, { timeout: 60_000 }).toMatch(answer)
  }
  await expect.poll(() => call(['nudge', 'steady'], 'after'), { timeout: 30_000 }).toEqual(quiet)
  await expect.poll(async () => (await call(['peek', 'steady', '10'])).stdout).toContain('after\nafter')
  expect((await runningBrokers({ XDG_RUNTIME_DIR: runtime })).map(({ status }) => status.pid)).toEqual([pid])
  // The kubelet, too, finds the API server again only after a while, and the stop says so.
  await expect.poll(() => call(['stop', 'steady']), { timeout: 120_000 }).toEqual(quiet)
  expect(await call(['list-running', ''])).toEqual(quiet)
})
