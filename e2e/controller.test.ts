import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from 'vitest'
import { commandsOf } from './support/guide.ts'
import { ownNamespace } from './support/namespace.ts'
import { withPatience } from './support/patience.ts'
import { createQuota } from './support/quota.ts'
import { type Result, run, succeed } from './support/run.ts'

const root = new URL('..', import.meta.url).pathname

/**
 * Stands in for gc, which is not part of this project: it says how it was called and what it finds, and stays. The city
 * brings it along, and PATH leads to it, so that the image of the agents can run it.
 */
const standIn = `#!/bin/sh
echo "gc $*"
if [ "$1" = init ]; then echo 'what init writes' > city.toml; exit; fi
echo "sessions by $GC_SESSION with $GC_K8S_IMAGE, Dolt at $GC_DOLT_HOST"
find . -type f | sort
cksum city.toml agents/coder/*
trap 'echo "gc ends"; exit' TERM
sleep infinity & wait $!
`
const runsHere = '--image gc-agent:latest --env PATH=/city/bin:/usr/bin:/bin --cpu-request 10m --memory-request 32Mi'

interface Place {
  name: string
  kubectl(...args: string[]): Promise<string>
  controller(...args: string[]): Promise<Result>
}

const test = base.extend<{ place: Place; home: string; city: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants a destructured parameter
  place: async ({}, use) => {
    await using own = await ownNamespace()
    const { name } = own
    await use({
      name,
      kubectl: (...args) => succeed('kubectl', ['--namespace', name, ...args]),
      controller: (...args) => run('kubectl', ['gc', 'controller', ...args, '--namespace', name]),
    })
  },
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants a destructured parameter
  home: async ({}, use) => {
    const home = await mkdtemp(join(tmpdir(), 'gc-controller-'))
    await use(home)
    await rm(home, { recursive: true })
  },
  city: async ({ home }, use) => {
    await writeFile(join(home, 'city.toml'), '[workspace]\nname = "my-city"\n')
    await use(home)
  },
})

test.concurrent('the commands of docs/controller.md', { timeout: 300_000 }, async ({ place, home }) => {
  const [copy = '', deploy = '', ...rest] = await commandsOf('controller.md')
  const env = { HOME: home, GC_K8S_IMAGE: undefined }
  const type = async (line: string, code = 0) => {
    const here = line.replace('--image registry.example.com/gc-controller:1.0', runsHere)
    const command = `cd ${root}\n${here.replace('--namespace gc', `--namespace ${place.name}`)}`
    const { exitCode, stdout, stderr } = await run('bash', ['-ec', command], { env })
    expect({ line, exitCode, stderr }).toMatchObject({ line, exitCode: code })
    return { stdout, stderr }
  }
  await type(copy)
  const city = join(home, 'my-city')
  await mkdir(join(city, 'bin'))
  await writeFile(join(city, 'bin/gc'), standIn)
  await chmod(join(city, 'bin/gc'), 0o755)
  await writeFile(join(city, '.env'), 'TOKEN=secret')
  await writeFile(join(city, 'agents/coder/a logo.png'), Buffer.from([0, 255, 128, 10]))
  const checksums = await succeed('sh', ['-c', `cd ${city} && cksum city.toml agents/coder/*`])

  const first = await type(deploy)
  for (const line of first.stdout.trimEnd().split('\n')) expect(line).toMatch(/ created$/)
  expect(first.stderr).toMatch(/^City my-city: \d+ files, .*; left out: \.env$/m)
  const follow = place.controller('logs', '--follow')
  expect(rest, 'what is typed below').toHaveLength(6)
  const [status = '', logs = '', change = '', again = '', stop = '', stopAll = ''] = rest
  expect((await type(status)).stdout).toMatch(/^City: +my-city\nStatus: +Running\n/m)
  expect((await type(logs)).stdout).toContain('\ngc start --foreground /city\n')

  const before = await podOf(place)
  expect((await type(again)).stdout).not.toMatch(/created|configured|pruned/)
  expect(await podOf(place)).toBe(before)
  await type(change)
  await rm(join(city, 'agents/coder/a logo.png'))
  const changed = (await type(again)).stdout.split('\n').filter((line) => /created|configured|pruned/.test(line))
  expect(changed.map((line) => line.replace(/city-\w+/, 'city'))).toEqual([
    'configmap/gc-city created',
    'deployment.apps/gc-controller configured',
    'configmap/gc-city pruned',
  ])
  expect(await podOf(place)).not.toBe(before)

  const stopped = await type(stop)
  expect(stopped.stdout).toMatch(/deployment.apps\/gc-controller deleted\n(role.*\n)+serviceaccount.* deleted\n$/)
  expect(stopped.stderr).toContain('persistentvolumeclaim/gc-controller-data kept')
  await type(status, 1)
  expect(await place.controller('status', '-o', 'json')).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining('"phase": "Absent"'),
  })
  expect((await type(stopAll)).stdout).toBe('persistentvolumeclaim/gc-controller-data deleted\n')

  const followed = await follow
  expect(followed).toMatchObject({ exitCode: 0, stderr: '' })
  const [one = '', two = '', none] = followed.stdout.split('gc ends\n')
  expect(one).toMatch(/^gc init \/city\ngc start --foreground \/city\n/)
  expect(one).toContain(
    `sessions by exec:gc-session-k8s with registry.example.com/gc-agent:1.0, Dolt at dolt.${place.name}.svc.cluster.local\n`,
  )
  expect(one).toContain('./agents/coder/a logo.png\n')
  expect(one).toContain(checksums)
  expect(one).not.toContain('.env')
  expect(two).toMatch(/^gc start --foreground \/city\n/)
  expect(two).toContain('./agents/coder/prompt.template.md\n')
  expect(two).not.toContain('logo.png')
  expect(none).toBe('')
})

test.concurrent('a first deployment that cannot run says why, and leaves nothing', { timeout: 300_000 }, async ({
  place,
  city,
  expect,
}) => {
  const deploy = (image: string, ...how: string[]) => place.controller('deploy', city, '--image', image, ...how)
  const why = / is not ready after \d+s: .* with exit code 127\n(.*\n)* {2}.*gc: not found\nTry: /
  const { exitCode, stderr } = await withPatience(
    8,
    (seconds) => deploy('gc-agent:latest', '--timeout', `${seconds}s`),
    (result) => why.test(result.stderr),
  )
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(why)
  expect(stderr).toContain('What this deployment had made is removed again.\n')
  const kinds = 'deployments,secrets,roles,rolebindings,persistentvolumeclaims'
  expect(await place.kubectl('get', kinds, '-o', 'name')).toBe('')

  await deploy('gc-agent:latest', '--wait=false')
  const patience = { timeout: 60_000, interval: 1000 }
  const failing = async () => (await place.controller('status')).stdout
  await expect.poll(failing, patience).toMatch(/^Status: +Failing\nReason: +container gc .* exit code 127$/m)
  const status = async () => {
    const { exitCode, stdout } = await place.controller('status', '--output', 'json')
    return { exitCode, ...JSON.parse(stdout).status }
  }
  const output = expect.stringContaining('gc: not found')
  await expect.poll(status, patience).toMatchObject({ exitCode: 1, phase: 'Failing', output })
  await place.controller('stop', '--delete-data')

  await deploy('nosuch.invalid/gc:1', '--wait=false')
  await expect.poll(failing, patience).toMatch(/^Reason: +image nosuch.invalid\/gc:1 cannot be pulled: /m)
  expect((await place.controller('logs')).stderr).toMatch(/^error: gc has printed nothing in pod .*nosuch.invalid/)
})

test.concurrent('a second controller, a stranger and a wrong place are refused', async ({ place, city, home }) => {
  const { name, controller, kubectl } = place
  const refused = async (message: string | RegExp, next: RegExp, ...args: string[]) => {
    const { exitCode, stdout, stderr } = await run('kubectl', ['gc', 'controller', ...args])
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    const [line = '', hint = ''] = stderr.trimEnd().split('\n').slice(-2)
    expect(line).toMatch(message)
    expect(hint).toMatch(next)
  }
  const deploy = ['deploy', city, '--wait=false', '--namespace', name]
  await refused(/there is no controller in/, /^Try: kubectl gc controller deploy/, 'logs', '--namespace', name)
  const nowhere = ['deploy', city, '--namespace', 'e2e-nosuch']
  await refused(/namespace "e2e-nosuch" not found/, /kubectl gc install/, ...nowhere)
  await refused(/is not a city/, /controller deploy FOLDER/, 'deploy', join(home, 'elsewhere'))
  await refused(
    /cannot get resource "secrets"/,
    /ask for a Role/,
    ...deploy,
    `--as=system:serviceaccount:${name}:default`,
  )

  await kubectl('run', 'gc-controller', '--image=gc-agent:latest', '--image-pull-policy=Never', '--', 'sleep', '60')
  await refused(/pod\/gc-controller .* another program deployed/, /kubectl delete pod gc-controller/, ...deploy)
  await kubectl('delete', 'pod', 'gc-controller', '--now')

  // No pod can be made, so that nothing has to start.
  await createQuota(name)
  const bundle = ['gc', 'install', '--wait=false', '--namespace', name]
  await succeed('kubectl', [...bundle, '--set', 'controller.enabled=true'])
  await refused(
    /the bundle sessions runs a controller/,
    /kubectl gc upgrade sessions --set controller.enabled=false/,
    ...deploy,
  )
  await refused(/belongs to the installation sessions/, /kubectl gc upgrade sessions/, 'stop', '--namespace', name)
  await succeed('kubectl', [...bundle.with(1, 'upgrade'), '--set', 'controller.enabled=false'])
  const deployed = await controller(...deploy.slice(0, 3))
  expect(deployed.stdout).toMatch(/^configmap\/gc-city-\w+ created\ndeployment.apps\/gc-controller created\n$/)
  const account = await kubectl('get', 'serviceaccount', 'gc-controller', '-o', 'jsonpath={.metadata.uid}')
  expect((await controller('stop')).stdout).toMatch(
    /^configmap\/gc-city-\w+ deleted\ndeployment.apps\/gc-controller deleted\n$/,
  )
  expect(await kubectl('get', 'serviceaccount', 'gc-controller', '-o', 'jsonpath={.metadata.uid}')).toBe(account)
})

async function podOf({ kubectl }: Place): Promise<string> {
  const [name = ''] = (await kubectl('get', 'pods', '-l', 'app=gc-controller', '-o', 'name')).split('\n')
  return name.replace('pod/', '')
}
